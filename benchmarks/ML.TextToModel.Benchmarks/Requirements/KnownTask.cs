using ML.TextToModel.Datasets;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.Benchmarks.Requirements;

/// <summary>A file and what a profiler should find in it.</summary>
/// <param name="Group">tables, texts or images.</param>
/// <param name="File">Its path below the data root, or the name of a known image set.</param>
/// <param name="Label">The label column; null where there is none.</param>
/// <param name="Modality">What is classified.</param>
/// <param name="Texts">The columns of the text or the pair.</param>
/// <param name="Classes">The classes in order; null where they are numbers to be predicted.</param>
internal sealed record KnownTask(
    string Group, string File, string? Label, Modality Modality, string[] Texts, string[]? Classes)
{
    private const string Adult = "age,workclass,fnlwgt,education,education-num,marital-status,occupation,relationship,"
        + "race,sex,capital-gain,capital-loss,hours-per-week,native-country,income";

    private const string Heart =
        "age,sex,cp,trestbps,chol,fbs,restecg,thalach,exang,oldpeak,slope,ca,thal,num";

    private const string Wine = "class,alcohol,malic acid,ash,alcalinity of ash,magnesium,total phenols,flavanoids,"
        + "nonflavanoid phenols,proanthocyanins,color intensity,hue,OD280/OD315,proline";

    private const string Rice =
        "Area,Perimeter,Major_Axis_Length,Minor_Axis_Length,Eccentricity,Convex_Area,Extent,Class";

    /// <summary>Names of the columns of a file without a header, as its documentation has them.</summary>
    public string? Columns { get; init; }

    /// <summary>Whether classes are counted by their number alone, as they are many.</summary>
    public int? ClassCount { get; init; }

    /// <summary>
    /// The files of ten UCI tables, of nine GLUE tasks, and of four image sets (Office-31 has three domains).
    /// </summary>
    public static IReadOnlyList<KnownTask> All { get; } =
    [
        Table("iris/iris.data", "species", ["Iris-setosa", "Iris-versicolor", "Iris-virginica"],
            "sepal length,sepal width,petal length,petal width,species"),
        Table("heart-disease/processed.cleveland.data", "num", ["0", "1", "2", "3", "4"], Heart),
        Table("wine/wine.data", "class", ["1", "2", "3"], Wine),
        Table("adult/adult.data.gz", "income", ["<=50K", ">50K"], Adult),
        Table("wdbc/wdbc.data", "diagnosis", ["B", "M"],
            "id,diagnosis," + string.Join(',', Enumerable.Range(1, 30).Select(i => $"feature {i}"))),
        Table("car/car.data", "class", ["acc", "good", "unacc", "vgood"],
            "buying,maint,doors,persons,lug_boot,safety,class"),
        Table("wine-quality/winequality-red.csv", "quality", ["3", "4", "5", "6", "7", "8"]),
        Table("wine-quality/winequality-white.csv", "quality", ["3", "4", "5", "6", "7", "8", "9"]),
        Table("dry-bean/Dry_Bean_Dataset.arff.gz", "Class",
            ["BARBUNYA", "BOMBAY", "CALI", "DERMASON", "HOROZ", "SEKER", "SIRA"]),
        Table("rice/Rice_Cammeo_Osmancik.arff", "Class", ["Cammeo", "Osmancik"], Rice),
        Table("bank-marketing/bank-full.csv.gz", "y", ["no", "yes"]),
        Text("CoLA/train.tsv", "label", ["sentence"], ["0", "1"]) with { Columns = "source,label,mark,sentence" },
        Text("SST-2/train.tsv.gz", "label", ["sentence"], ["0", "1"]),
        Text("MRPC/train.tsv", "Quality", ["#1 String", "#2 String"], ["0", "1"]),
        Text("QQP/train-part23497.tsv.gz", "is_duplicate", ["question1", "question2"], ["0", "1"]) with
        {
            Columns = "id,qid1,qid2,question1,question2,is_duplicate",
        },
        Text("STS-B/train.tsv", "score", ["sentence1", "sentence2"], null),
        Text("MNLI/train-derived.tsv.gz", "label", ["premise", "hypothesis"],
            ["contradiction", "entailment", "neutral"]),
        Text("QNLI/dev.tsv.gz", "label", ["question", "sentence"], ["entailment", "not_entailment"]),
        Text("RTE/train.tsv", "label", ["sentence1", "sentence2"], ["entailment", "not_entailment"]),
        Text("WNLI/train.tsv", "label", ["sentence1", "sentence2"], ["0", "1"]),
        Image("cifar100", 100), Image("caltech101", 101), Image("miniimagenet", 100),
        Image("image/office31/amazon.zip", 31), Image("image/office31/dslr.zip", 31),
        Image("image/office31/webcam.zip", 31),
    ];

    /// <summary>The file as input of a profiler; null where it is absent.</summary>
    public TaskInput? Open(string? root, bool named = true)
    {
        if (Modality == Modality.Image && !File.EndsWith(".zip", StringComparison.Ordinal))
        {
            KnownDataset known = KnownDatasets.Find(File);
            return known.IsPresent(root: root) ? new() { Images = ImageData.Of(known.Load(root: root), File) } : null;
        }
        string? path = (root is null ? KnownDatasets.Roots : [root])
            .Select(folder => Path.Combine(folder, File)).FirstOrDefault(System.IO.File.Exists);
        if (path is null) return null;
        if (Modality == Modality.Image) return new() { Images = ImageData.Of(path) };
        TableOptions options = new()
        {
            HasHeader = Columns is null ? null : false, Columns = named ? Columns?.Split(',') : null,
        };
        return new() { Table = TableData.Of(path, options) };
    }

    private static KnownTask Table(string file, string label, string[] classes, string? columns = null) =>
        new("tables", $"tabular/{file}", label, Modality.Table, [], classes) { Columns = columns };

    private static KnownTask Text(string file, string label, string[] texts, string[]? classes) =>
        new("texts", $"text/glue/{file}", label, Modality.Text, texts, classes);

    private static KnownTask Image(string file, int classes) =>
        new("images", file, null, Modality.Image, [], []) { ClassCount = classes };
}
