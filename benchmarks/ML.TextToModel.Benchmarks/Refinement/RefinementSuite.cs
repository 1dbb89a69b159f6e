namespace ML.TextToModel.Benchmarks.Refinement;

/// <summary>
/// How the settings of the refinement were chosen: on synthetic tables alone, so that real ones judge.
/// </summary>
internal static class RefinementSuite
{
    public static BenchmarkSuite Create() => new(
        "refinement", "the settings of the tables' refinement, on synthetic tables; about ten minutes in full",
        [new("settings", SettingsGrid.Run)]);
}
