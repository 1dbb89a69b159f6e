using System.Text.RegularExpressions;

namespace ML.TextToModel.Requirements.Profiling;

/// <summary>
/// Finds the names of classes in a sentence, such as "tell cats from dogs and foxes", by the places where English puts
/// them. Names stay as they are written, without articles.
/// </summary>
internal static partial class ClassExtraction
{
    private const double Listed = 0.95, Named = 0.85, Guessed = 0.7;

    /// <summary>The names in order, none where the sentence names none; and how sure that is.</summary>
    public static (string[] Names, double Confidence) Find(string text)
    {
        text = Spaces().Replace(text, " ").Trim();
        foreach ((Func<string, string[]> find, double confidence) in s_ways)
        {
            string[] names = find(text);
            if (names.Length > 1) return (names, confidence);
        }
        return ([], 0);
    }

    /// <summary>The surest places first.</summary>
    private static readonly (Func<string, string[]> Find, double Confidence)[] s_ways =
    [
        (InBrackets, Listed), (YesOrNo, Listed), (AfterColon, Listed), (AfterNoun, Listed), (Quoted, Listed),
        (Whether, Named), (Apart, Named), (From, Named), (Between, Named), (Into, Named), (As, Named),
        (Question, Named), (Versus, Named), (EitherOr, Named), (To, Named), (Objects, Guessed), (PicturesOf, Guessed),
    ];

    private static string[] InBrackets(string text) =>
        First(Brackets().Matches(text), match => ClassList.Of(match.Groups[1].Value, Coordination.Any));

    private static string[] YesOrNo(string text)
    {
        Match match = YesNo().Match(text);
        return match.Success ? [match.Groups[1].Value, match.Groups[2].Value] : [];
    }

    private static string[] AfterColon(string text)
    {
        int colon = text.IndexOf(':');
        if (colon < 0) return [];
        string sentence = SentenceEnd().Split(text[(colon + 1)..])[0];
        return ClassList.Of(sentence, Coordination.Any, wholeItems: true);
    }

    private static string[] AfterNoun(string text) =>
        First(ListNouns().Matches(text), match => ClassList.Of(match.Groups[1].Value, Coordination.Any));

    private static string[] Quoted(string text)
    {
        string[] quoted = [.. Quotes().Matches(text).Select(match => match.Groups[1].Value.Trim())];
        bool alone = quoted.Length > 1 && quoted.All(name => name.Length > 0)
            && !UnquotedItem().IsMatch(Quotes().Replace(text, "\""));
        return alone ? quoted : [];
    }

    private static string[] Whether(string text) =>
        First(Conditions().Matches(text), match => ClassList.Of(match.Groups[1].Value, Coordination.Or, subject: true));

    private static string[] Apart(string text) =>
        First(TellApart().Matches(text), match => ClassList.Of(match.Groups[1].Value, Coordination.Any));

    private static string[] From(string text) => First(TellFrom().Matches(text), match =>
    {
        string[] left = ClassList.Of(match.Groups[1].Value, Coordination.Any, least: 1);
        string[] right = ClassList.Of(match.Groups[2].Value, Coordination.Any, least: 1);
        if (left.Length == 0 || right.Length == 0 || left.Length == 1 && IsFunctionWord(left[0])) return [];
        return ClassList.Alike([.. left, .. right], contrasted: true);
    });

    private static string[] Between(string text) =>
        First(DistinguishBetween().Matches(text), match => ClassList.Of(match.Groups[1].Value, Coordination.Any));

    private static string[] Into(string text) =>
        First(IntoClasses().Matches(text), match => ClassList.Of(match.Groups[1].Value, Coordination.Any));

    private static string[] As(string text) =>
        First(LabelAs().Matches(text), match => ClassList.Of(match.Groups[1].Value, Coordination.Any));

    private static string[] Question(string text) =>
        First(Questions().Matches(text), match => ClassList.Of(match.Groups[1].Value, Coordination.Or, subject: true));

    private static string[] Versus(string text) => VersusWord().IsMatch(text) || Slashes().IsMatch(text)
        ? ClassList.Of(AfterVerb().Replace(text, ""), Coordination.Any, subject: true)
        : [];

    private static string[] EitherOr(string text) =>
        First(CanBe().Matches(text), match => ClassList.Of(match.Groups[1].Value, Coordination.Or));

    private static string[] To(string text) =>
        First(AssignTo().Matches(text), match => ClassList.Of(match.Groups[1].Value, Coordination.Any));

    private static string[] Objects(string text) =>
        First(VerbObjects().Matches(text),
            match => ClassList.Of(match.Groups[1].Value, Coordination.Any, subject: true));

    private static string[] PicturesOf(string text) =>
        First(Pictures().Matches(text), match => ClassList.Of(match.Groups[1].Value, Coordination.Any));

    private static string[] First(IEnumerable<Match> matches, Func<Match, string[]> names) =>
        matches.Select(names).FirstOrDefault(found => found.Length > 1) ?? [];

    private static bool IsFunctionWord(string text) => FunctionWords().IsMatch(text);

    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\s+", Any)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\(([^()]+)\)", Any)]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\b(yes|no)\s*(?:,|or|/|,\s*or)\s*(no|yes)\b", Any)]
    private static partial Regex YesNo();

    [GeneratedRegex(@"[.?!](?:\s|$)", Any)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(
        @"\b(?:class(?:es)?|categor(?:y|ies)|labels?|class names|options|genres|species)\s+(?:are|is|being)\s+(.+)",
        Any)]
    private static partial Regex ListNouns();

    [GeneratedRegex("[\"“”]([^\"“”]+)[\"“”]", Any)]
    private static partial Regex Quotes();

    /// <summary>A name without quotes that stands in a list with quoted ones.</summary>
    [GeneratedRegex(
        "\"\\s*(?:,|and|or|,\\s*and|,\\s*or)\\s+(?!(?:and|or)\\b)[^\\s\",]+|[^\\s\",]+\\s*,\\s*(?:(?:and"
        + "|or)\\s+)?\"|\\w+\\s+(?:and|or)\\s+\"",
        Any)]
    private static partial Regex UnquotedItem();

    [GeneratedRegex(@"\b(?:whether|if)\s+(.+)", Any)]
    private static partial Regex Conditions();

    [GeneratedRegex(@"\b(?:tell|told|keep|know)\s+(.+?)\s+apart\b", Any)]
    private static partial Regex TellApart();

    [GeneratedRegex(
        @"\b(?:tell|distinguish|separate|differentiate|discern|discriminate|know"
        + @"|split)\s+(?:between\s+)?(.+?)\s+from\s+(.+)",
        Any)]
    private static partial Regex TellFrom();

    [GeneratedRegex(
        @"\b(?:distinguish|differentiate|discriminate|decide|choose|discern|tell"
        + @"|separate)\w*\s+(?:the\s+difference\s+)?between\s+(.+)",
        Any)]
    private static partial Regex DistinguishBetween();

    [GeneratedRegex(@"\binto\s+(?:one\s+of\s+)?(.+)", Any)]
    private static partial Regex IntoClasses();

    [GeneratedRegex(
        @"\b(?:label|classif|mark|tag|flag|rate|grade|categori|judge|treat|count)\w*\b.*?\bas\s+(?:either\s+"
        + @"|being\s+)?(.+)",
        Any)]
    private static partial Regex LabelAs();

    [GeneratedRegex(
        @"(?:^|[,.;:?!]\s+|\b(?:say|predict)\s+)(?:is|are|was|were|does|do|did|will|has|have|would)\s+(.+)",
        Any)]
    private static partial Regex Questions();

    [GeneratedRegex(@"\b(?:vs\.?|versus)\s", Any)]
    private static partial Regex VersusWord();

    [GeneratedRegex(@"\w\s*/\s*\w", Any)]
    private static partial Regex Slashes();

    [GeneratedRegex(@"^.*\b(?:into|as|between|is|are|for)\s+", Any)]
    private static partial Regex AfterVerb();

    [GeneratedRegex(@"\b(?:can|may|could|must)\s+be\s+(.+)|\b(?:is|are|be)\s+either\s+(.+)", Any)]
    private static partial Regex CanBe();

    [GeneratedRegex(
        @"\b(?:assign|route|send|map|match|allocate|attribute)\w*\b.*?\bto\s+(?:either\s+|one\s+of\s+)?(.+)",
        Any)]
    private static partial Regex AssignTo();

    [GeneratedRegex(
        @"\b(?:recogni[sz]e|identify|detect|diagnose|find|spot|label|sort|grade|classify|distinguish|differentiate"
        + @"|separate|tell)\s+(.+)",
        Any)]
    private static partial Regex VerbObjects();

    [GeneratedRegex(@"\b(?:photo|picture|image|drawing|scan|recording|sound)\w*\s+of\s+(.+)", Any)]
    private static partial Regex Pictures();

    [GeneratedRegex(@"^(?:which|what|whether|if|me|us|them|it|how|that|this)\b", Any)]
    private static partial Regex FunctionWords();
}
