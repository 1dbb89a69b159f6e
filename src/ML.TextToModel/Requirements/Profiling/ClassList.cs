using System.Text.RegularExpressions;

namespace ML.TextToModel.Requirements.Profiling;

/// <summary>What may stand between the last two names of a list.</summary>
internal enum Coordination
{
    /// <summary>"or" alone: an "and" belongs to a name or to what comes before.</summary>
    Or,

    /// <summary>"and", "or", "versus", a comma or a slash.</summary>
    Any,
}

/// <summary>Splits a list of names as people write it, and cuts off what stands before and behind.</summary>
internal static partial class ClassList
{
    private const int MostWords = 6, MostNames = 1_000;

    /// <summary>The names; none where the text is no list.</summary>
    /// <param name="text">Begins with the list or with what it is said of, and goes on behind it.</param>
    /// <param name="coordination">What ends the list.</param>
    /// <param name="subject">Whether something else may stand before the first name, such as "the review is".</param>
    /// <param name="wholeItems">Whether there is nothing but the list.</param>
    /// <param name="least">The fewest names.</param>
    public static string[] Of(
        string text, Coordination coordination, bool subject = false, bool wholeItems = false, int least = 2)
    {
        List<string> names = [];
        bool determined = Determiners().IsMatch(text);
        text = wholeItems ? text : Aside().Split(text)[0];
        foreach (string part in Separators(coordination).Split(text))
        {
            bool first = names.Count == 0;
            if (names.Count == 1) determined &= !Determiners().IsMatch(part);
            string item = Bare(first && !subject ? Relative().Replace(part, "") : part);
            if (!first) item = Bare(Auxiliary().Replace(item, ""));
            Match behind = Behind().Match(item);
            bool ends = !wholeItems && behind.Success && !(first && subject);
            if (ends) item = Bare(item[..behind.Index]);
            if (item.Length == 0) continue;
            names.Add(item);
            if (ends) break;
        }
        if (names.Count < least || names.Count > MostNames) return [];
        string[] alike = Alike(names, contrasted: false);
        if (alike.Length > 1) alike[0] = FirstName(alike, subject, determined);
        bool sound = alike.All(name => name.Length > 0 && Words.Count(name) <= MostWords && !NoName().IsMatch(name));
        return sound && alike.Distinct(StringComparer.OrdinalIgnoreCase).Count() == alike.Length ? alike : [];
    }

    /// <summary>
    /// Takes the common noun off the last name where the others leave it out: "ripe from unripe mangoes".
    /// </summary>
    /// <param name="names">The names.</param>
    /// <param name="contrasted">Whether one is told from the others, so that a noun behind the last is common.</param>
    public static string[] Alike(IReadOnlyList<string> names, bool contrasted)
    {
        string[] alike = [.. names];
        if (alike.Length < 2) return alike;
        string last = alike[^1];
        string before = alike[^2].Split(' ')[^1];
        int space = last.IndexOf(' ');
        if (Ones().IsMatch(last))
        {
            alike[^1] = Ones().Replace(last, "");
            int words = Words.Count(alike[^1]);
            for (int i = 0; i < alike.Length - 1; i++)
                if (Words.Count(alike[i]) == words + 1) alike[i] = string.Join(' ', alike[i].Split(' ')[..words]);
            return alike;
        }
        bool singles = alike[1..^1].All(name => !name.Contains(' '))
            && (contrasted ? !alike[0].Contains(' ') : true);
        if (space < 0 || !singles || IsPlural(before)) return alike;
        string noun = last.Split(' ')[^1];
        bool quality = IsQuality(before) && IsQuality(last[..space]);
        if (contrasted || quality || IsPlural(noun) && !alike[^2].Contains(' ')) alike[^1] = last[..space];
        return alike;
    }

    /// <summary>Takes what the names are said of off the first one, which is about as long as the others.</summary>
    /// <param name="names">The names.</param>
    /// <param name="subject">Whether something else may stand before the first.</param>
    /// <param name="determined">Whether the first begins with an article or the like, and the second does not.</param>
    private static string FirstName(string[] names, bool subject, bool determined)
    {
        string first = Headed().Replace(names[0], "");
        if (!subject) return first;
        Match verb = Verbs().Match(first);
        if (verb.Success) first = Bare(first[(verb.Index + verb.Length)..]);
        Match article = IndefiniteArticles().Match(first);
        if (article.Success) first = Bare(first[(article.Index + article.Length)..]);
        int[] lengths = [.. names[1..].Select(name => Words.Count(name))];
        int usual = lengths.CountBy(length => length).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
            .First().Key;
        bool whole = verb.Success || article.Success || !determined;
        return Words.Count(first) > (whole ? lengths.Max() : usual)
            ? Bare(string.Join(' ', first.Split(' ')[^usual..]))
            : first;
    }

    /// <summary>Without articles and prepositions before, and without quotes and stops around.</summary>
    private static string Bare(string item)
    {
        string bare = item.Trim(' ', '.', '?', '!', ',', ';', ':', '"', '“', '”', '‘', '’', '\'', '`');
        for (string shorter; (shorter = Leading().Replace(bare, "")) != bare;) bare = shorter;
        return bare.Trim(' ', '"', '“', '”', '\'');
    }

    private static bool IsPlural(string word) =>
        word.Length > 3 && word.EndsWith('s') && !word.EndsWith("ss") && !word.EndsWith("us") && !word.EndsWith("is");

    private static bool IsQuality(string word) => Qualities().IsMatch(word);

    private static Regex Separators(Coordination coordination) =>
        coordination == Coordination.Any ? AnySeparator() : OrSeparator();

    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\s*(?:[,;]\s*(?:(?:and|or)\s+(?:either\s+)?)?|\s(?:and|or|versus|vs\.?|nor)\s+|\s*/\s*)\s*", Any)]
    private static partial Regex AnySeparator();

    [GeneratedRegex(@"\s*(?:[,;]\s*(?:or\s+)?|\sor\s+|\s*/\s*)\s*", Any)]
    private static partial Regex OrSeparator();

    /// <summary>Where the sentence goes on to something else.</summary>
    [GeneratedRegex(
        @"[.?!](?:\s|$)|,\s+(?:by|from|using|based|given|with|so|which|because|judging|according|and\s+(?:i|we"
        + @"|want|need|know|say|tell))\b|;\s+(?:tell|say|i|we|please|the|predict)\b|\s+(?:based\s+on"
        + @"|according\s+to)\b",
        Any)]
    private static partial Regex Aside();

    /// <summary>What may follow the last name.</summary>
    [GeneratedRegex(
        @"\s(?:by|from|in|on|using|given|with|for|to|at|when|where|that|which|so|because|via|per|through|within"
        + @"|apart)\s",
        Any)]
    private static partial Regex Behind();

    [GeneratedRegex(@"^.*\b(?:that|which|who)\s+(?:is|are|was|were)\s+", Any)]
    private static partial Regex Relative();

    [GeneratedRegex(
        @"^(?:(?:will|would|does|do|did|is|are|was|were|has|have|shows?|contains?)\s+(?:(?:it|they|he|she|this"
        + @"|that)\s+)?)(?=\S)",
        Any)]
    private static partial Regex Auxiliary();

    [GeneratedRegex(
        @"^(?:a|an|the|of|at|in|from|as|either|to\s+be|both|be|is|are|being)\s+(?=\S)(?!most\b|least\b)",
        Any)]
    private static partial Regex Leading();

    [GeneratedRegex(
        @"^.*\b(?:is|are|was|were|be|been|shows?|has|have|needs?|contains?|depicts?|means?|expresses|belongs?\s+to"
        + @"|comes?\s+from)\s+(?=\S)",
        Any)]
    private static partial Regex Verbs();

    [GeneratedRegex(@"^.*\san?\s+(?=\S)", Any)]
    private static partial Regex IndefiniteArticles();

    [GeneratedRegex(@"^\s*(?:an?|the|this|that|these|those|my|our|your|each|every)\s", Any)]
    private static partial Regex Determiners();

    [GeneratedRegex(@"\s+ones?$", Any)]
    private static partial Regex Ones();

    [GeneratedRegex(
        @"^(?:the\s+|these\s+|following\s+)*(?:\w+\s+)?(?:genres|classes|categories|groups|labels|types|kinds"
        + @"|following|teams|folders|topics|labels|species)\s+(?=\S)",
        Any)]
    private static partial Regex Headed();

    /// <summary>Words that say of what kind a thing is, not what it is.</summary>
    [GeneratedRegex(
        @"^(?:(?:un|in|im|non)\w{3,}|\w+(?:able|ible|ive|ous|ant|ent|ful|less|ign|ine|ical)|good|bad|high|low"
        + @"|medium|right|wrong|true|false|fake|real|ripe|new|old|hot|cold|big|small|large|healthy|sick|normal"
        + @"|abnormal|safe|happy|sad|angry|neutral|red|green|blue|white|black|legal|illegal|male|female|young|fresh"
        + @"|stale|distinct|duplicate)$",
        Any)]
    private static partial Regex Qualities();

    /// <summary>What is no name of a class: "toxic or not".</summary>
    [GeneratedRegex(
        @"^(?:not|neither|nor|both|none of them|it|that|this|else|so|which|what|how|etc|more|less)$|\b(?:it|they"
        + @"|them|me|us)$|^(?:i|we|you)\s",
        Any)]
    private static partial Regex NoName();
}
