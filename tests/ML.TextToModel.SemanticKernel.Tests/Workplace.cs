using System.Globalization;
using Microsoft.Extensions.AI;
using ML.TextToModel.Llm;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.SemanticKernel.Tests;

/// <summary>A folder with a table of fruit, in a folder with a secret that is not the agent's.</summary>
internal sealed class Workplace : IDisposable
{
    public const string Sentence = "Say by hue and firmness whether a fruit is ripe.";

    public const string Reply =
        """
        {"requirement": "Say by hue and firmness whether a fruit is ripe.", "modality": "table",
         "classes": ["ripe", "unripe"], "descriptions": ["high hue, soft", "low hue, firm"],
         "synonyms": ["mature", "immature, green"], "columns": ["colour angle", "resistance to pressure"]}
        """;

    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("t2m-agent-");

    public Workplace()
    {
        Folder = Directory.CreateDirectory(Path.Combine(_outside.FullName, "work")).FullName;
        File.WriteAllText(Secret, Fruit(4));
        File.WriteAllText(Path.Combine(Folder, "fruit.csv"), Fruit(60));
    }

    public string Folder { get; }

    public string Secret => Path.Combine(_outside.FullName, "secret.csv");

    /// <summary>The tools without a language model.</summary>
    public TextToModelTools Offline => new(new RequirementProfiler(), Folder);

    public TextToModelTools With(IChatClient model) =>
        new(new LlmRequirementGenerator(model, new RequirementProfiler()), Folder);

    public string[] Files() => Directory.GetFileSystemEntries(_outside.FullName, "*", SearchOption.AllDirectories);

    public void Dispose() => _outside.Delete(recursive: true);

    private static string Fruit(int rows) => "hue,firm,state\n" + string.Concat(Enumerable.Range(0, rows).Select(i =>
        i % 2 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{60 + i * 7 % 11 * 0.5},{2 + i * 5 % 13 * 0.1},ripe\n")
            : string.Create(CultureInfo.InvariantCulture, $"{20 + i * 7 % 11 * 0.5},{9 + i * 5 % 13 * 0.1},unripe\n")));
}
