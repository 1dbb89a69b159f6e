using Microsoft.ML;
using ML.TextToModel.MLNet;

namespace MLNetSample;

/// <summary>Class names alone become a step that classifies sentences.</summary>
internal static class Texts
{
    private static readonly string[] s_sentences =
    [
        "The dog chased a cat around the horse.", "Bread, cheese and a bowl of soup.",
        "The train was late, so we took the bus.", "A cow and two sheep on the meadow.",
        "Add salt and pepper to the potatoes.", "She parked her car beside the truck.",
    ];

    public static void Run(MLContext context)
    {
        IDataView none = context.Data.LoadFromEnumerable(Array.Empty<Sentence>());
        TextToModelTransformer model = context.Transforms.TextToModel(context, new TextToModelOptions
        {
            TextColumnName = nameof(Sentence.Text), Classes = ["animals", "food", "vehicles"],
        }).Fit(none);
        using var engine = context.Model.CreatePredictionEngine<Sentence, Topic>(model);
        foreach (string sentence in s_sentences)
        {
            float[] score = engine.Predict(new Sentence { Text = sentence }).Score;
            Console.WriteLine($"{model.Model.Classes[Array.IndexOf(score, score.Max())],-9} {sentence}");
        }
    }

    private sealed class Sentence
    {
        public string Text { get; set; } = "";
    }

    private sealed class Topic
    {
        public float[] Score { get; set; } = [];
    }
}
