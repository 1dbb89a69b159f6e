using Microsoft.ML.Data;

namespace ML.TextToModel.MLNet;

/// <summary>What a classifier says of a row.</summary>
internal abstract class StepOutput
{
    /// <summary>Takes a probability for each place; NaN where a row cannot be classified.</summary>
    public abstract void Set(ReadOnlySpan<float> probabilities);

    /// <summary>Working memory of the mapping.</summary>
    internal float[] Probabilities = [], Slots = [];
}

/// <summary>The outcome among any number of classes, on its way to <c>Score</c> and <c>PredictedLabel</c>.</summary>
internal sealed class ClassOutput : StepOutput
{
    private char[] _text = [];

    [ColumnName(Columns.Scores)]
    public ReadOnlyMemory<char> Scores { get; set; }

    [ColumnName(Columns.Predicted)]
    public int Predicted { get; set; }

    public override void Set(ReadOnlySpan<float> probabilities)
    {
        int length = probabilities.Length * ScoreText.Width;
        if (_text.Length != length) _text = new char[length];
        ScoreText.Write(probabilities, _text);
        Scores = _text;
        Predicted = -1;
        float best = float.NegativeInfinity;
        for (int i = 0; i < probabilities.Length; i++)
            if (probabilities[i] > best) (best, Predicted) = (probabilities[i], i);
    }
}

/// <summary>The outcome among two classes, as binary classifiers of ML.NET give it.</summary>
internal sealed class BinaryOutput : StepOutput
{
    [ColumnName(Columns.PredictedLabel)]
    public bool PredictedLabel { get; set; }

    [ColumnName(Columns.Score)]
    public float Score { get; set; }

    [ColumnName(Columns.Probability)]
    public float Probability { get; set; }

    public override void Set(ReadOnlySpan<float> probabilities)
    {
        Probability = probabilities[1];
        // A probability that rounds to 0 or 1 would make the logit infinite.
        Score = Log(probabilities[1]) - Log(probabilities[0]);
        PredictedLabel = Score > 0;

        static float Log(float probability) => MathF.Log(Math.Max(probability, float.Epsilon));
    }
}
