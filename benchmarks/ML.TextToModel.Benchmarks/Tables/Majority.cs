namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>Gives every row the classes in their shares of the known rows.</summary>
internal static class Majority
{
    public static TableMethod Create() => new("majority", round =>
    {
        float[] shares = new float[round.Known.Classes.Count];
        foreach (int label in round.Known.Labels) shares[label] += 1f / round.Known.Rows;
        return new([.. Enumerable.Repeat(shares, round.Test.Rows).SelectMany(s => s)], 0, 0, "");
    });
}
