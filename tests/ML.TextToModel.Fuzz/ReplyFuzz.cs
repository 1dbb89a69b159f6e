using System.Text;
using System.Text.RegularExpressions;
using ML.TextToModel.Llm;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Fuzz;

/// <summary>Seeds and reads for replies of language models, and for texts to be masked.</summary>
internal static partial class ReplyFuzz
{
    private static readonly TaskInput s_input = new() { Description = "Tell ripe from unripe fruit." };

    private static readonly TaskRequirement s_known = new()
    {
        Modality = Modality.Table,
        Classes = ["ripe", "unripe"],
        Origins = new Dictionary<string, Origin>
        {
            [RequirementFields.Modality] = new(RequirementSource.Data),
            [RequirementFields.Classes] = new(RequirementSource.Data),
        },
    };

    private static readonly LlmOptions s_options = new();
    private static readonly LlmPrompt s_prompt = LlmPrompt.Of(s_input, s_known, s_options);

    public static IReadOnlyList<byte[]> Replies { get; } =
    [
        ("{\"requirement\": \"Tell fruit apart.\", \"modality\": \"table\", \"classes\": [\"ripe\", \"unripe\"],"u8
            + "\"descriptions\": [\"soft\", \"hard\"], \"synonyms\": [\"mature, red\", \"\"], \"columns\": []}"u8)
            .ToArray(),
        ("Sure:\n```json\n{\"data\": {\"Requirement\": \"Tell \\u00e9 apart.\", \"classes\": \"unripe, ripe\","u8
            + "\"descriptions\": {\"ripe\": \"soft\"},},}\n```\nAnything {else}?"u8).ToArray(),
        ("<think>{\"classes\": [{\"name\": 1}]}</think> [{\"type\": \"object\", \"properties\": {}},"u8
            + " {\"sentence\": \"x y\", \"synonyms\": [[\"a\"], null]}]"u8).ToArray(),
    ];

    public static IReadOnlyList<byte[]> Cells { get; } =
    [
        "ann@mail.example.org, +49 (171) 234-5678; 4111 1111 1111 1111 on 2024-03-01: 3.25"u8.ToArray(),
    ];

    /// <summary>Reads a reply and believes it as far as it may be believed: the known classes stay.</summary>
    public static void Read(byte[] data)
    {
        RequirementReply reply = ReplyReader.Read(Encoding.UTF8.GetString(data));
        Quotation quotation = new(s_prompt.Samples, s_input.Description);
        if (ReplyCheck.Fault(reply, s_known, ["ripe", "unripe"], quotation) is not null) return;
        TaskRequirement merged = ReplyMerge.Merge(s_known, reply, s_input, s_prompt, s_options);
        if (merged.Modality != s_known.Modality || merged.Faults().Any()
            || !merged.Classes.Select(one => one.Name).SequenceEqual(s_known.Classes.Select(one => one.Name)))
            throw new InvalidOperationException("A reply has changed what is known.");
    }

    public static void Mask(byte[] data)
    {
        string masked = SampleText.Prepare(Encoding.UTF8.GetString(data), data.Length, mask: true);
        if (Left().IsMatch(masked)) throw new InvalidOperationException("Something was not masked.");
    }

    /// <summary>An address, or ten digits in a row that are no part of a word or fraction.</summary>
    [GeneratedRegex(@"[a-z]@[a-z]{1,60}\.[a-z]|(?<![\w.])[0-9]{10,}(?!\w)")]
    private static partial Regex Left();
}
