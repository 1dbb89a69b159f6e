using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>
/// Rows for a classifier, read one by one from whatever the user named. Not safe for several threads at once.
/// </summary>
internal abstract class RowSource(int rowLength) : IDisposable
{
    /// <summary>The raw numbers of the present row, as the classifier takes them.</summary>
    public float[] Row { get; } = new float[rowLength];

    /// <summary>Where the present row is: <c>file#index</c> of an image, file and line of a table.</summary>
    public abstract string Place { get; }

    /// <summary>The name of the present row's class; null where it has none.</summary>
    public string? Label { get; protected set; }

    /// <summary>Why the present row cannot be used; null for a good one.</summary>
    public string? Error { get; protected set; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there was one.</returns>
    public abstract bool Read();

    /// <summary>Classifies the present row; where that cannot be done, <see cref="Error"/> says why.</summary>
    public bool TryPredict(FittedClassifier model, float[] probabilities)
    {
        if (Error is not null) return false;
        model.Predict(Row, probabilities);
        if (!probabilities.Any(float.IsNaN)) return true;
        Error = "the numbers are too large for the model";
        return false;
    }

    public abstract void Dispose();
}
