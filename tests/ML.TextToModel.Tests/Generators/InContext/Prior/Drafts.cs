using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior.Tests;

/// <summary>What a component draws, before the common parts change it.</summary>
internal static class Drafts
{
    public static TableDraft Draw(
        ITableComponent component, int seed, int rows = 400, int features = 6, int classes = 2, int outputs = 1)
    {
        TableDraft draft = new(rows, features, classes, outputs, new PriorOptions());
        component.Fill(new Rng((ulong)seed), draft);
        return draft;
    }

    public static TableDraft[] DrawMany(
        ITableComponent component, int count, int rows = 400, int features = 6, int classes = 2, int outputs = 1) =>
        [.. Enumerable.Range(0, count).Select(seed => Draw(component, seed, rows, features, classes, outputs))];
}
