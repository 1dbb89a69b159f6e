using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>Gives columns the looks of real ones, once per table: marginal distributions, then bins.</summary>
internal static class ColumnShapes
{
    /// <summary>Does nothing if it was done before.</summary>
    public static void Apply(Rng rng, TableDraft draft)
    {
        if (draft.ColumnsAreShaped) return;
        ColumnMarginals.Apply(rng, draft);
        Discretisation.Apply(rng, draft);
        draft.ColumnsAreShaped = true;
    }
}
