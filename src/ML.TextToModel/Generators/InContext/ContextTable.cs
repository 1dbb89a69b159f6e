namespace ML.TextToModel.Generators.InContext;

/// <summary>A labelled table that a generator looks at.</summary>
/// <param name="Features">
/// (rows, columns) row after row: preprocessed features of mean 0 and deviation about 1, all finite.
/// </param>
/// <param name="Columns">The number of features of a row.</param>
/// <param name="Labels">The class of each row, from 0 to <paramref name="Classes"/> - 1; each occurs.</param>
/// <param name="Classes">The number of classes, from 2.</param>
internal sealed record ContextTable(float[] Features, int Columns, int[] Labels, int Classes)
{
    /// <summary>The number of rows.</summary>
    public int Rows => Labels.Length;
}
