using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>One family of relations between columns and label. Has no state, so threads may share it.</summary>
internal interface ITableComponent
{
    /// <summary>Its name in <see cref="SyntheticTable.Component"/>.</summary>
    string Name { get; }

    /// <summary>Draws the draft's columns, and its scores or its labels.</summary>
    void Fill(Rng rng, TableDraft draft);
}
