using System.Text;
using ML.TextToModel.Requirements;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.Fuzz;

/// <summary>Seeds and reads for requirements, for users' sentences, and for tables that are profiled.</summary>
internal static class RequirementFuzz
{
    public static IReadOnlyList<byte[]> Requirements { get; } =
    [
        ("{\"version\": 1, \"sentence\": \"Tell a from b.\", \"modality\": \"table\", \"task\": \"classification\", "u8
            + "\"classes\": [{\"name\": \"a\", \"synonyms\": [\"A\"]}, {\"name\": \"b\"}], \"label\": \"kind\", "u8
            + "\"inputs\": {\"columns\": [{\"name\": \"x\", \"kind\": \"numeric\"}], \"texts\": [], \"width\": 3}, "u8
            + "\"data\": {\"rows\": 3, \"counts\": {\"a\": 1, \"b\": 2}}, \"budget\": {\"parameters\": 9}, "u8
            + "\"origins\": {\"label\": {\"source\": \"user\", \"confidence\": 0.5}}, \"more\": [1, null]}"u8)
            .ToArray(),
        "{}"u8.ToArray(),
    ];

    public static IReadOnlyList<byte[]> Sentences { get; } =
    [
        "Tell ripe from unripe mangoes in photos, and say whether a fruit is red, green or yellow."u8.ToArray(),
        "Classes: \"a b\", 'c' / d (e; f) vs. g? Is it either h or i, by the j of its k?"u8.ToArray(),
    ];

    /// <summary>What was read is written and read again as the same.</summary>
    public static void Read(byte[] data)
    {
        TaskRequirement requirement = RequirementJson.Read(Encoding.UTF8.GetString(data));
        if (!requirement.Equals(RequirementJson.Read(RequirementJson.Write(requirement))))
            throw new InvalidOperationException("The requirement changed on its way.");
        RequirementCard.Of(requirement);
    }

    public static void ReadSentence(byte[] data) =>
        RequirementProfiler.Profile(new() { Description = Encoding.UTF8.GetString(data) });

    public static void ProfileTable(byte[] data) => RequirementProfiler.Profile(new()
    {
        Table = new("fuzz", () => new MemoryStream(data), new()),
    });
}
