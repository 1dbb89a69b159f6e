using System.Text.RegularExpressions;

namespace ML.TextToModel.Requirements.Profiling;

/// <summary>What the user's own words say of the task.</summary>
internal sealed partial class DescriptionProfile
{
    private const double LeastSure = 0.3, MostSure = 0.9;

    // What comes later is not read: the patterns are quadratic at worst.
    private const int MostCharacters = 4_000;

    private DescriptionProfile(string sentence) => Sentence = sentence;

    /// <summary>The words as one sentence.</summary>
    public string Sentence { get; }

    /// <summary>The classes that are named, in order.</summary>
    public IReadOnlyList<string> Classes { get; private init; } = [];

    /// <summary>How sure the classes are, 0 to 1.</summary>
    public double ClassConfidence { get; private init; }

    /// <summary>What is classified, as far as words tell.</summary>
    public Modality Modality { get; private init; }

    /// <summary>How sure that is, 0 to 1.</summary>
    public double ModalityConfidence { get; private init; }

    /// <summary>What is predicted.</summary>
    public TaskKind Task { get; private init; }

    /// <summary>Whether texts come in pairs.</summary>
    public bool IsPair { get; private init; }

    /// <summary>The part that says what to predict, without that from which.</summary>
    public string Aim => Basis().Split(Sentence)[0];

    /// <summary>Null where nothing is said.</summary>
    public static DescriptionProfile? Of(string? description)
    {
        string all = description ?? "";
        string text = Spaces().Replace(all[..Math.Min(all.Length, MostCharacters)], " ").Trim();
        if (text.Length == 0) return null;
        (string[] classes, double confidence) = ClassExtraction.Find(text);
        (Modality modality, double sure) = FindModality(text);
        return new(Ended(text))
        {
            Classes = classes,
            ClassConfidence = confidence,
            Modality = modality,
            ModalityConfidence = sure,
            Task = classes.Length == 0 && ScoreWords().IsMatch(text) ? TaskKind.Score : TaskKind.Classification,
            IsPair = modality == Modality.Text && PairWords().IsMatch(text),
        };
    }

    /// <summary>The words of each modality are counted, telling ones thrice.</summary>
    private static (Modality, double) FindModality(string text)
    {
        (Modality Modality, double Points)[] points =
        [
            (Modality.Image, 3 * ImageWords().Count(text) + HintsOfImage().Count(text)),
            (Modality.Table, 3 * TableWords().Count(text) + HintsOfTable().Count(text)),
            (Modality.Text, 3 * TextWords().Count(text) + HintsOfText().Count(text)),
        ];
        (Modality modality, double most) = points.MaxBy(one => one.Points);
        double all = points.Sum(one => one.Points);
        return most == 0
            ? (Modality.Unknown, 0)
            : (modality, Math.Round(LeastSure + (MostSure - LeastSure) * most / all, 2));
    }

    private static string Ended(string text) => text[^1] is '.' or '?' or '!' ? text : text + ".";

    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\s+", Any)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\s(?:from|by|using|given|based)\s", Any)]
    private static partial Regex Basis();

    [GeneratedRegex(
        @"\b(?:images?|photos?|photographs?|pictures?|x-?rays?|scans?|camera|webcam|drawings?|screenshots?"
        + @"|pixels?)\b",
        Any)]
    private static partial Regex ImageWords();

    [GeneratedRegex(@"\b(?:shows?|looks?|visible|seen|traffic|satellite|handwritten|digits|garden)\b", Any)]
    private static partial Regex HintsOfImage();

    [GeneratedRegex(
        @"\b(?:tables?|rows?|columns?|csv|spreadsheets?|measurements?|sensors?|census|attributes|numeric"
        + @"|features)\b",
        Any)]
    private static partial Regex TableWords();

    [GeneratedRegex(
        @"\b(?:age|income|price|weight|height|length|width|area|perimeter|pressure|temperature|values?|chemical"
        + @"|chemistry|blood|records?|transactions?|customers?|clients?|patients?|machines?|passengers?|loans?"
        + @"|applications?|churn|readings)\b",
        Any)]
    private static partial Regex HintsOfTable();

    [GeneratedRegex(
        @"\b(?:texts?|sentences?|reviews?|tweets?|e-?mails?|mails?|comments?|messages?|documents?|articles?"
        + @"|paragraphs?|headlines?|abstracts?|sentiment|premises?|hypothesis|questions|posts?|tickets?|feedback)\b",
        Any)]
    private static partial Regex TextWords();

    [GeneratedRegex(
        @"\b(?:question|answers?|answered|language|news|words?|inbox|spam|sarcasm|grammar|meaning|topic|title"
        + @"|requests?|description|typing|letters?|complaints?|invoices?|tone)\b",
        Any)]
    private static partial Regex HintsOfText();

    [GeneratedRegex(
        @"\b(?:pairs?|two\s+(?:\w+\s+)?(?:sentences?|texts?|questions?|documents?|paragraphs?)|second\s+sentence"
        + @"|premise|question\s+and\s+(?:\w+\s+)?(?:sentence|paragraph|answer)|question\s.*\bby\s+(?:the"
        + @"|a)\s+(?:\w+\W+s?\s*)?sentence|similar\w*\s+between)\b",
        Any)]
    private static partial Regex PairWords();

    [GeneratedRegex(
        @"\b(?:how\s+(?:similar|close|much|many|likely|old|long)|scores?|degree|similarity|regression"
        + @"|predict\s+the\s+(?:price|number|amount|age|value|temperature))\b",
        Any)]
    private static partial Regex ScoreWords();
}
