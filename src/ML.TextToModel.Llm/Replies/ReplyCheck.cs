using ML.TextToModel.Requirements;

namespace ML.TextToModel.Llm;

/// <summary>
/// Holds a reply against what is known. A reply that contradicts it is not believed in anything: its model was
/// mistaken, or something in the data steered it.
/// </summary>
internal static class ReplyCheck
{
    private const int MaxSentence = 400, MaxDescription = 300;

    /// <summary>What is wrong, in words for the model and without any of the reply's; null if nothing.</summary>
    /// <param name="reply">What the model said.</param>
    /// <param name="profiled">What is known.</param>
    /// <param name="shown">The names of known classes, as the model was shown them.</param>
    /// <param name="quotation">Tells what stands in samples.</param>
    public static string? Fault(
        RequirementReply reply, TaskRequirement profiled, IReadOnlyList<string> shown, Quotation quotation)
    {
        string[] said = [reply.Sentence, .. reply.Descriptions, .. reply.Synonyms, .. reply.Columns];
        if (reply.Sentence.Length > MaxSentence) return $"\"requirement\" is longer than {MaxSentence} characters.";
        if (said.Skip(1).Any(text => text.Length > MaxDescription))
            return $"A description is longer than {MaxDescription} characters.";
        if (said.Any(text => text.Contains("://", StringComparison.Ordinal))) return "It holds an address.";
        if (said.Any(quotation.IsIn)) return "It quotes samples.";
        if (IsSure(profiled, RequirementFields.Modality) && reply.Modality != Modality.Unknown
            && reply.Modality != profiled.Modality)
            return "\"modality\" is another than that of the facts.";
        if (IsSure(profiled, RequirementFields.Classes) && reply.Classes.Count > 0 && !SameNames(reply.Classes, shown))
            return "\"classes\" are not those of the facts, as they are there.";
        return null;
    }

    /// <summary>Whether a field was counted, or said by the user: nothing that a model says changes it.</summary>
    public static bool IsSure(TaskRequirement requirement, string field) =>
        requirement.OriginOf(field)?.Source is RequirementSource.User or RequirementSource.Data;

    /// <summary>Where each of the names stands in a reply; -1 where it does not.</summary>
    public static int[] Places(IReadOnlyList<string> names, IReadOnlyList<string> classes)
    {
        int[] places = new int[names.Count];
        HashSet<int> taken = [];
        for (int i = 0; i < names.Count; i++)
        {
            places[i] = Find(name => name == names[i]);
            if (places[i] < 0) places[i] = Find(name => name.Equals(names[i], StringComparison.OrdinalIgnoreCase));
            taken.Add(places[i]);
        }
        return places;

        int Find(Predicate<string> isIt)
        {
            for (int i = 0; i < classes.Count; i++)
                if (!taken.Contains(i) && isIt(classes[i].Trim())) return i;
            return -1;
        }
    }

    private static bool SameNames(IReadOnlyList<string> classes, IReadOnlyList<string> shown) =>
        classes.Count == shown.Count && !Places([.. shown.Select(name => name.Trim())], classes).Contains(-1);
}
