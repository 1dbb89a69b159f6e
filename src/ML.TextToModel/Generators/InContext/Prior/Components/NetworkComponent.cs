using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// Random structural causal networks (TabPFN, arXiv 2207.01848, section 4): noise enters at the causes, flows through a
/// sparse random network and is joined by more at each unit. Read causally, columns and scores are units anywhere in
/// it; else the causes are the columns and the last layer gives the scores.
/// </summary>
internal sealed class NetworkComponent : ITableComponent
{
    private const double Causal = 0.6;
    private const double ScoresAreEffects = 0.6, Neighbours = 0.5, CausesAreColumns = 0.5;   // of causal tables

    /// <inheritdoc/>
    public string Name => "network";

    /// <inheritdoc/>
    public void Fill(Rng rng, TableDraft draft)
    {
        if (rng.Chance(Causal)) FillCausally(rng, draft);
        else FillForwards(rng, draft);
    }

    private static void FillForwards(Rng rng, TableDraft draft)
    {
        float[][] layer = FunctionInputs.Draw(rng, draft);
        RandomNetwork network = new(rng);
        int layers = rng.NextInt(1, 4), width = rng.LogUniformInt(4, 48);
        for (int l = 0; l < layers; l++) layer = network.Layer(rng, layer, width);
        network.Mix(rng, layer, draft.Scores);
    }

    private static void FillCausally(Rng rng, TableDraft draft)
    {
        int needed = draft.Columns.Length + draft.Scores.Length;
        float[][] layer = TableDraft.NewColumns(rng.LogUniformInt(2, Math.Clamp(needed, 3, 16)), draft.Rows);
        CorrelatedFeatures.Fill(rng, layer);
        RandomNetwork network = new(rng);
        int layers = 1 + Math.Min(1 + (int)rng.Exponential(1.5), 6);
        int width = Math.Max(rng.LogUniformInt(4, 48), 1 + needed / layers);
        List<float[]> units = rng.Chance(CausesAreColumns) ? [.. layer] : [];
        for (int l = 0; l < layers; l++) units.AddRange(layer = network.Layer(rng, layer, width));

        int first = rng.Chance(ScoresAreEffects) ? units.Count - layer.Length : 0;
        int[] read = [.. rng.Choose(Math.Min(draft.Scores.Length, units.Count - first), units.Count - first)];
        List<float[]> scores = [.. read.Select(unit => units[first + unit])];
        for (int o = 0; o < draft.Scores.Length; o++) scores[o % scores.Count].CopyTo(draft.Scores[o], 0);
        units.RemoveAll(scores.Contains);

        int columns = draft.Columns.Length;
        int start = rng.NextInt(units.Count - columns + 1);
        int[] chosen = rng.Chance(Neighbours)
            ? [.. Enumerable.Range(start, columns)]
            : rng.Choose(columns, units.Count);
        for (int j = 0; j < columns; j++) units[chosen[j]].CopyTo(draft.Columns[j], 0);
    }
}
