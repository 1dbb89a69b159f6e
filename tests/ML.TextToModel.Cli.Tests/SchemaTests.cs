using System.Text.Json;
using ML.TextToModel.Cli.Tests.Support;

namespace ML.TextToModel.Cli.Tests;

/// <summary>Of the checker itself: it must be able to find a fault.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void There_is_a_schema_for_each_verb_for_errors_and_for_requirements() =>
        Assert.Equal(
            [
                "audit", "data-get", "data-list", "data-verify", "describe", "error", "eval", "export", "generate",
                "predict", "requirement", "show", "train-encoder", "train-generic", "train-hypernetwork",
                "train-tabular", "train-tina",
                "zoo-build",
            ],
            JsonSchema.Names);

    [Theory]
    [InlineData("""{"error": "x", "exit_code": 2}""")]
    [InlineData("""{"exit_code": 2}""", "$ lacks error")]
    [InlineData("""{"error": "", "exit_code": 2}""", "$.error is too short")]
    [InlineData("""{"error": 1, "exit_code": 2}""", "$.error is no string")]
    [InlineData("""{"error": "x", "exit_code": 3}""", "$.exit_code is not in [1, 2, 130]")]
    [InlineData("""{"error": "x", "exit_code": 2, "more": 0}""", "$ has more")]
    [InlineData("""[]""", "$ is no object")]
    public void The_checker_finds_what_is_wrong(string document, params string[] faults) =>
        Assert.Equal(faults, Faults(JsonSchema.Load("error"), document));

    [Theory]
    [InlineData("""{"type": ["number", "null"], "minimum": 0, "maximum": 1}""", "1.5", "$ is above 1")]
    [InlineData("""{"type": ["number", "null"], "minimum": 0, "maximum": 1}""", "-1", "$ is below 0")]
    [InlineData("""{"type": ["number", "null"], "minimum": 0, "maximum": 1}""", "null")]
    [InlineData("""{"type": "array", "items": {"type": "integer"}}""", "[1, 1.5]", "$[1] is no integer")]
    [InlineData("""{"pattern": "^a$"}""", "\"b\"", "$ is not like ^a$")]
    public void Numbers_items_and_patterns_are_checked(string schema, string document, params string[] faults) =>
        Assert.Equal(faults, Faults(JsonDocument.Parse(schema).RootElement, document));

    [Fact]
    public void A_keyword_that_is_not_checked_is_an_error() => Assert.Throws<NotSupportedException>(
        () => JsonSchema.Faults(JsonDocument.Parse("""{"oneOf": []}""").RootElement, default, "$").ToList());

    private static IEnumerable<string> Faults(JsonElement schema, string document) =>
        JsonSchema.Faults(schema, JsonDocument.Parse(document).RootElement, "$");
}
