using ML.TextToModel.Datasets;
using ML.TextToModel.Requirements;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.Llm.Tests;

/// <summary>Prompts of known data sets, where they are at hand.</summary>
public sealed class RealDataTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text/glue/QNLI/dev.tsv.gz", "question", "sentence", "entailment", "not_entailment")]
    [InlineData("text/glue/MNLI/dev_matched-part-derived.tsv.gz", "premise", "hypothesis",
        "contradiction", "entailment", "neutral")]
    public void Samples_are_the_texts_of_one_row_each_and_of_every_class(
        string file, string first, string second, params string[] classes)
    {
        string? path = KnownDatasets.Roots.Select(root => Path.Combine(root, file)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{file} is not there.");
        TaskInput input = new() { Table = TableData.Of(path!) };
        TaskRequirement profiled = RequirementProfiler.Profile(input, cancel: Cancel);
        LlmPrompt prompt = LlmPrompt.Of(input, profiled, cancel: Cancel);
        Assert.Equal(classes, prompt.Samples.Select(sample => sample.Label!).Distinct().Order());
        Assert.All(prompt.Samples, sample =>
        {
            Assert.Equal([first, second], sample.Fields.Select(field => field.Key));
            Assert.DoesNotContain(sample.Fields, field => field.Value.Contains("entailment"));   // of the next row
        });
        Assert.InRange(prompt.SampleCount, 10, 24);
        Assert.InRange(prompt.Tokens, 500, 4500);
    }
}
