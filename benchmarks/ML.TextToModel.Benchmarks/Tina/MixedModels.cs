using ML.TextToModel.Benchmarks.Engine;
using ML.TextToModel.Encoders;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>TAPER-Mixer on the seen classes.</summary>
internal static class MixedModels
{
    private const int Steps = 1_500;

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study)
    {
        if (!study.Complete) yield break;   // trains for a minute
        TaperMixer mixer = LoadOrTrain(study);
        double[] mixed = study.Accuracies(study.Tasks, mixer.Mix);
        double[] selection = study.Accuracies(study.Tasks, study.Select);
        double[] tina = study.Accuracies(study.Tasks, task => study.Generate(task).Parameters.ToArray());
        yield return TinaStudy.Row(
            "TAPER-Mixer, p-Acc", mixed,
            $"selection {TinaStudy.Gain(mixed, selection)}; Tina {TinaStudy.Gain(tina, mixed)}");
    }

    /// <summary>The mixer of a study, of all its classes.</summary>
    public static TaperMixer LoadOrTrain(TinaStudy study) => LoadOrTrain(
        study.Context, study.Data.Name == ImageData.Cifar100 ? "taper" : $"taper-{study.Data.Name}", study.Data,
        study.GenericSpec, study.GenericParameters, WordTextEncoder.Shipped,
        Enumerable.Range(0, study.Data.Train.ClassNames.Count));

    /// <summary>A mixer of earlier, or one that is trained now; a training that was stopped goes on.</summary>
    /// <param name="context">Where artifacts are.</param>
    /// <param name="name">Names its file.</param>
    /// <param name="data">The images.</param>
    /// <param name="spec">The base models, of all classes of the images.</param>
    /// <param name="generic">
    /// The parameters that all base models start from, of all classes; rows of classes that are not known stay.
    /// </param>
    /// <param name="encoder">Makes vectors of class texts.</param>
    /// <param name="known">The classes to learn.</param>
    public static TaperMixer LoadOrTrain(
        BenchmarkContext context, string name, ImageData data, CnnSpec spec, float[] generic, ITextEncoder encoder,
        IEnumerable<int> known)
    {
        TaperMixer mixer = new(
            spec, generic, data.TrainExamples(null, new TrainingOptions()), data.Train.ClassNames, encoder, known,
            Steps);
        new TrainingRun
        {
            StatePath = Artifacts.Path(context, $"{name}.state"), Fingerprint = $"{name}, {Steps} steps",
        }.Run(mixer, null, context.Cancel);
        return mixer;
    }
}
