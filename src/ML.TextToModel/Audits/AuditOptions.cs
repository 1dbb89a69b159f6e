namespace ML.TextToModel.Audits;

/// <summary>What an <see cref="Audit"/> tries.</summary>
public sealed record AuditOptions
{
    /// <summary>Tasks, from 1. Default 100.</summary>
    public int Tasks { get; init; } = 100;

    /// <summary>Classes of each, from 2; those of the p-models where there is a zoo. Default 10.</summary>
    public int TaskSize { get; init; } = 10;

    /// <summary>Decides the tasks and the texts and noise of the controls. Default 0.</summary>
    public ulong Seed { get; init; }
}
