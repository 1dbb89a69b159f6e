namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>A way of making a classifier.</summary>
/// <param name="Name">For readers, and for the file of its predictions.</param>
/// <param name="Predict">Fits to a round and predicts its test rows.</param>
internal sealed record TableMethod(string Name, Func<TableRound, TablePredictions> Predict)
{
    /// <summary>Whether a later run takes an earlier one's predictions, as our changes do not touch them.</summary>
    public bool Kept { get; init; }

    /// <summary>Why it cannot run here; null where it can.</summary>
    public string? Absent { get; init; }

    /// <summary>The name as part of a path.</summary>
    public string FileName =>
        string.Join('-', Name.Split([' ', ',', '\'', '+'], StringSplitOptions.RemoveEmptyEntries));
}
