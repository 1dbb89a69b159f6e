using ML.TextToModel.Datasets;
using static System.FormattableString;

namespace ML.TextToModel.Requirements.Profiling;

/// <summary>Puts a requirement into an English sentence.</summary>
internal static class RequirementSentence
{
    private const int MostClasses = 8, MostColumns = 4, MostCharacters = 40;
    private const double Skewed = 1.5, LeastMissing = 0.001;

    public static string Of(TaskRequirement requirement) => requirement.Modality switch
    {
        Modality.Table => $"{Predict(requirement, "a row")} from {Columns(requirement)}{Data(requirement, "row")}.",
        Modality.Text => $"{Predict(requirement, Texts(requirement))}{Data(requirement, "example")}.",
        Modality.Image when requirement.Classes.Count > 0 =>
            $"Recognise what {Size(requirement)} shows: {Classes(requirement)}{Data(requirement, "image")}.",
        Modality.Image => $"{Predict(requirement, Size(requirement))}{Data(requirement, "image")}.",
        _ => requirement.Classes.Count > 0
            ? $"Tell apart {Classes(requirement)}."
            : "Nothing is known of the task yet.",
    };

    private static string Predict(TaskRequirement requirement, string what) => requirement switch
    {
        { Task: TaskKind.Score, Label: { } label } => $"Predict the number '{label}' of {what}",
        { Task: TaskKind.Score } => $"Predict a number for {what}",
        { Classes.Count: 0, Label: { } label } => $"Predict '{label}' of {what}",
        { Classes.Count: 0 } => $"Classify {what} into classes that are not known yet",
        { Label: { } label } => $"Predict '{label}', which is {Classes(requirement)}, of {what}",
        _ => $"Tell of {what} whether it is {Classes(requirement)}",
    };

    /// <summary>Such as "one of 3 classes (a, b, c)".</summary>
    private static string Classes(TaskRequirement requirement)
    {
        string[] names = [.. requirement.Classes.Take(MostClasses).Select(one => Short(one.Name))];
        int count = requirement.Classes.Count;
        if (count <= 2) return string.Join(" or ", names);
        return $"one of {count} classes ({string.Join(", ", names)}{(count > names.Length ? ", …" : "")})";
    }

    private static string Columns(TaskRequirement requirement)
    {
        ColumnRequirement[] inputs =
            [.. requirement.Inputs.Columns.Where(column => column.Role == ColumnRole.Input)];
        string kinds = string.Join(", ", inputs.CountBy(column => column.Kind).OrderBy(pair => pair.Key)
            .Select(pair => $"{pair.Value} {Kind(pair.Key)}"));
        string names = string.Join(", ", inputs.Take(MostColumns).Select(column => Short(column.Name)));
        if (inputs.Length == 0) return "columns that are not known yet";
        return $"{Count(inputs.Length, "column")} ({kinds}: {names}{(inputs.Length > MostColumns ? ", …" : "")})";
    }

    private static string Kind(ColumnKind kind) => kind switch
    {
        ColumnKind.Numeric => "of numbers",
        ColumnKind.Categorical => "of categories",
        ColumnKind.Boolean => "of yes or no",
        ColumnKind.Date => "of dates",
        ColumnKind.Text => "of texts",
        _ => "of ids",
    };

    private static string Texts(TaskRequirement requirement)
    {
        string language = requirement.Data?.Language is { } code ? $" in {LanguageName(code)}" : "";
        return requirement.Inputs.Texts switch
        {
            [string first, string second] => $"a pair of texts{language} ('{first}' and '{second}')",
            [string only] => $"a text{language} ('{only}')",
            _ => $"a text{language}",
        };
    }

    private static string LanguageName(string code) => code switch
    {
        "en" => "English", "de" => "German", "fr" => "French", "es" => "Spanish", "it" => "Italian", "nl" => "Dutch",
        "pt" => "Portuguese", "ru" => "Russian", "el" => "Greek", "he" => "Hebrew", "ar" => "Arabic", "hi" => "Hindi",
        "th" => "Thai", "ja" => "Japanese", "ko" => "Korean", "zh" => "Chinese", _ => $"the language '{code}'",
    };

    private static string Size(TaskRequirement requirement) => requirement.Inputs.Width > 0
        ? $"an image of about {requirement.Inputs.Width} by {requirement.Inputs.Height} pixels"
        : "an image";

    /// <summary>What was counted, as a second half of the sentence.</summary>
    private static string Data(TaskRequirement requirement, string unit)
    {
        if (requirement.Data is not { Rows: > 0 } data) return "";
        string text = $"; there are {Count(data.Rows, unit)}";
        if (data.MeanWords is { } words) text += Invariant($" of {words:0.#} words in the mean");
        if (data.Imbalance is >= Skewed and { } imbalance)
            text += Invariant($", {imbalance:0.#} of the largest class to 1 of the smallest");
        if (data.Missing >= LeastMissing) text += Invariant($", and {data.Missing:0.0%} of the fields are missing");
        return text;
    }

    private static string Count(long count, string unit) => Invariant($"{count:N0} {unit}{(count == 1 ? "" : "s")}");

    private static string Short(string name) =>
        name.Length <= MostCharacters ? name : $"{name.AsSpan(0, MostCharacters - 1)}…";
}
