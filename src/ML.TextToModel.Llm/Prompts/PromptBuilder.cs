using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm;

/// <summary>
/// Writes prompts: the instructions, then facts, the user's words and samples, each fenced, each text of the user's as
/// a JSON string, so that neither a line break nor a mark in it means anything. Samples carry the marks of ModelGPT
/// (arXiv 2402.12408, section 3.1).
/// </summary>
internal static class PromptBuilder
{
    private const int MaxClasses = 200, MaxNameLength = 80, MaxDescription = 4000;

    private static readonly JsonSerializerOptions s_json =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="input">What the user has.</param>
    /// <param name="profiled">What was found out without a language model.</param>
    /// <param name="samples">Samples, in the order in which they may be sent.</param>
    /// <param name="options">How many of them, and how much of all.</param>
    public static LlmPrompt Build(
        TaskInput input, TaskRequirement profiled, IReadOnlyList<LlmSample> samples, LlmOptions options)
    {
        string facts = Facts(profiled, options);
        int budget = options.MaxTokens - TokenEstimate.Of(facts);
        StringBuilder text = new($"Facts:\n{Fence.Around("facts", facts)}\n");
        if (!string.IsNullOrWhiteSpace(input.Description))
        {
            string words = Quoted(SampleText.Prepare(input.Description, MaxDescription, options.Mask));
            budget -= TokenEstimate.Of(words);
            text.Append("\nThe user's own words, which say what the task is:\n").Append(Fence.Around("words", words))
                .Append('\n');
        }
        List<LlmSample> sent = Fitting(samples, options, budget);
        List<AIContent> contents = [];
        if (sent.Any(sample => !sample.IsImage))
        {
            string rows = string.Join('\n', sent.Where(sample => !sample.IsImage).Select(Line));
            text.Append("\nSamples:\n").Append(Fence.Around("samples", rows)).Append('\n');
        }
        foreach (LlmSample image in sent.Where(sample => sample.IsImage))
        {
            text.Append("\n[input] the image below\n");
            if (image.Label is { } label) text.Append(Fence.Around("label", $"[label] {Quoted(label)}")).Append('\n');
            contents.Add(new TextContent(text.ToString()));
            contents.Add(new DataContent(image.Png, "image/png"));
            text.Clear();
        }
        text.Append("\nReply with the JSON object.");
        contents.Add(new TextContent(text.ToString()));
        int tokens = TokenEstimate.Of(PromptFiles.System) + sent.Count(sample => sample.IsImage) * TokenEstimate.OfImage
            + contents.OfType<TextContent>().Sum(content => TokenEstimate.Of(content.Text));
        return new LlmPrompt(PromptFiles.System, contents, sent, tokens);
    }

    /// <summary>The first samples, one of each class in turn, that the budget holds; too long ones are passed over.
    /// </summary>
    private static List<LlmSample> Fitting(IReadOnlyList<LlmSample> samples, LlmOptions options, int budget)
    {
        List<LlmSample> fitting = [];
        foreach (LlmSample sample in samples)
        {
            int tokens = sample.IsImage ? 0 : TokenEstimate.Of(Line(sample));   // images have a limit of their own
            if (fitting.Count == options.MaxSamples || tokens > budget) continue;
            budget -= tokens;
            fitting.Add(sample);
        }
        return fitting;
    }

    /// <summary>The names that the model is shown, in the order of the classes.</summary>
    public static IReadOnlyList<string> ClassNames(TaskRequirement profiled, LlmOptions options) =>
        [.. profiled.Classes.Take(MaxClasses).Select(one => Name(one.Name, options))];

    /// <summary>The columns that the model is shown.</summary>
    public static IReadOnlyList<ColumnRequirement> Columns(TaskRequirement profiled, LlmOptions options) =>
        [.. profiled.Inputs.Columns.Where(column => column.Role == ColumnRole.Input).Take(options.MaxColumns)];

    private static string Facts(TaskRequirement profiled, LlmOptions options)
    {
        JsonObject facts = new() { ["modality"] = Word(profiled.Modality.ToString()) };
        if (profiled.Data is { } data)
        {
            facts["rows"] = data.Rows;
            if (data.Language is { } language) facts["language"] = language;
        }
        if (profiled.Classes.Count > 0)
            facts["classes"] = List(ClassNames(profiled, options));
        if (profiled.Classes.Count > MaxClasses) facts["all classes"] = profiled.Classes.Count;
        if (profiled.Label is { } label) facts["label column"] = Name(label, options);
        IReadOnlyList<ColumnRequirement> columns = Columns(profiled, options);
        if (columns.Count > 0)
        {
            facts["columns"] = List(columns.Select(column => Name(column.Name, options)));
            facts["kinds"] = List(columns.Select(column => Word(column.Kind.ToString())));
        }
        if (profiled.Inputs.Texts.Count == 2) facts["input"] = "a pair of texts";
        if (profiled.Inputs.Width > 0) facts["pixels"] = $"{profiled.Inputs.Width} x {profiled.Inputs.Height}";
        return facts.ToJsonString(s_json);
    }

    private static string Line(LlmSample sample)
    {
        string fields = string.Join(", ", sample.Fields.Select(field => $"{Quoted(field.Key)}: {Quoted(field.Value)}"));
        return $"[input] {{{fields}}}" + (sample.Label is { } label ? $"\n[label] {Quoted(label)}" : "");
    }

    private static string Name(string text, LlmOptions options) =>
        SampleText.Prepare(text, MaxNameLength, options.Mask);

    private static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string Quoted(string text) => JsonValue.Create(text).ToJsonString(s_json);

    private static JsonArray List(IEnumerable<string> texts) =>
        new([.. texts.Select(text => (JsonNode)JsonValue.Create(text)!)]);
}
