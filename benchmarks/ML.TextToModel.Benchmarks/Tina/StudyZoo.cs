using System.Diagnostics;
using ML.TextToModel.Training;
using ML.TextToModel.Zoos;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>The p-models that several checks use, in the paper's mix of superclasses; kept in artifacts.</summary>
internal static class StudyZoo
{
    private const int QuickPModels = 20, PModels = 1_000, Together = 50;

    /// <summary>The zoo and, if none of it was there yet, the hours that 1,000 p-models take.</summary>
    public static (Zoo Zoo, double? Hours) Build(TinaStudy study)
    {
        BenchmarkContext context = study.Context;
        int count = context.Choose(QuickPModels, PModels);
        string folder = Folder(context);
        bool old = File.Exists(Path.Combine(folder, ZooIndex.FileName));
        long start = Stopwatch.GetTimestamp();
        Zoo zoo = new ZooBuild(
            study.Generic, study.Data.Train, study.Data.Test,
            new ZooRecipe { Tasks = count, Mix = TaskMix.Superclass, Together = Math.Min(count, Together), Seed = 11 })
            .Run(folder, null, new Lines(context), context.Cancel);
        return (zoo, old ? null : Stopwatch.GetElapsedTime(start).TotalHours * PModels / count);
    }

    /// <summary>The p-models to learn from: those of a zoo that is not complete yet serve too.</summary>
    public static ZooSample Sample(TinaStudy study)
    {
        string folder = Folder(study.Context);
        bool begun = File.Exists(Path.Combine(folder, ZooIndex.FileName)) && Zoo.Open(folder).Count > 0;
        return (begun ? Zoo.Open(folder) : Build(study).Zoo).Sample(study.Data.Train.ClassNames);
    }

    private static string Folder(BenchmarkContext context) =>
        Artifacts.Path(context, context.Options.Quick ? "zoo-quick" : "zoo");

    private sealed class Lines(BenchmarkContext context) : IProgress<ZooProgress>
    {
        private int _done = -1;

        public void Report(ZooProgress value)
        {
            if (value.Done == _done) return;
            _done = value.Done;
            context.Log($"zoo: {value.Done} of {value.Tasks} p-models");
        }
    }
}
