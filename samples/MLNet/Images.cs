using Microsoft.ML;
using ML.TextToModel.MLNet;

namespace MLNetSample;

/// <summary>A sentence becomes a step that classifies image files.</summary>
internal static class Images
{
    public static void Run(MLContext context, string[] files)
    {
        var step = context.Transforms.TextToModel(context, new TextToModelOptions
        {
            ImageColumnName = nameof(Photo.Path),
            TaskDescription = "Photos of bears, bicycles, buses, castles or clouds",
        });
        TextToModelTransformer model = step.Fit(context.Data.LoadFromEnumerable(Array.Empty<Photo>()));
        Console.WriteLine($"{model.Model.Spec}: {string.Join(", ", model.Model.Classes)}");
        using var engine = context.Model.CreatePredictionEngine<Photo, Seen>(model);
        foreach (string file in files)
        {
            float[] score = engine.Predict(new Photo { Path = file }).Score;
            int best = Array.IndexOf(score, score.Max());
            Console.WriteLine($"{file}: {model.Model.Classes[best]} ({score[best]:P0})");
        }
    }

    private sealed class Photo
    {
        public string Path { get; set; } = "";
    }

    private sealed class Seen
    {
        public float[] Score { get; set; } = [];
    }
}
