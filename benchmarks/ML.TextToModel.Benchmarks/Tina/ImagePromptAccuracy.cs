using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// Example images in place of names, or with them. The examples are drawn among ten test images of each class, which no
/// training saw and which are left out of all scores here.
/// </summary>
internal static class ImagePromptAccuracy
{
    private const int Pool = 10;
    private const double PointsBelow = 0.05;

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study)
    {
        if (!study.Generator.TakesImages)
        {
            yield return BenchmarkRow.Absent("image prompts, p-Acc", "share", "the generator takes no images");
            yield break;
        }
        ImageSet test = study.Data.Test;
        ILookup<int, int> ofClass = Enumerable.Range(0, test.Count).ToLookup(i => test.Labels[i]);
        ImageExamples scored = new(
            test.Select([.. ofClass.SelectMany(images => images.Skip(Pool))]), study.Tasks, study.Data.Preprocessing);
        double[] texts = Score(task => [.. task.Select(c => Prompt(c, text: true, []))]);
        yield return TinaStudy.Row("names, p-Acc without the images of prompts", texts);
        foreach ((string check, int count, bool text) in new[]
        {
            ("1 image a class", 1, false), ("5 images a class", 5, false), ("name and 5 images", 5, true),
        })
        {
            Rng rng = new(8);
            double[] prompted = Score(task => [.. task.Select(c => Prompt(c, text, Draw(c, count, rng)))]);
            BenchmarkRow row =
                TinaStudy.Row($"{check}, p-Acc", prompted, $"names {TinaStudy.Gain(prompted, texts)}");
            yield return count == 1 || text
                ? row
                : (row with { Target = texts.Average() - PointsBelow }).Judge(study.Complete);
        }

        double[] Score(Func<int[], ClassPrompt[]> prompts) =>
        [
            .. study.Tasks.Select((task, t) => Accuracy.Of(
                new CnnSpec { Classes = task.Length },
                study.Generator.Generate(prompts(task), null, study.Context.Cancel).Parameters, scored, t,
                study.Context.Cancel)),
        ];

        ClassPrompt Prompt(int c, bool text, IReadOnlyList<RgbImage> images) =>
            new(study.Name(c)) { Text = text ? study.Name(c) : null, Images = images };

        RgbImage[] Draw(int c, int count, Rng rng)
        {
            int[] images = [.. ofClass[c].Take(Pool)];
            return [.. rng.Permutation(Pool)[..count].Select(
                place => RgbImage.OfPlanes(ImageSet.Side, ImageSet.Side, test.Image(images[place])))];
        }
    }
}
