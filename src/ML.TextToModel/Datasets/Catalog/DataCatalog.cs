namespace ML.TextToModel.Datasets;

/// <summary>A file of a known data set.</summary>
/// <param name="Path">Where it is below a data root, with slashes.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, in hexadecimal.</param>
/// <param name="Address">Where it is offered; null for a file that was made from what its authors offer.</param>
public sealed record DataFile(string Path, long Bytes, string Sha256, string? Address = null);

/// <summary>A data set that is known by name, with the files that belong to it.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Kind">image or table.</param>
/// <param name="About">What it holds.</param>
/// <param name="Source">The page of its authors, or where they offer it.</param>
/// <param name="Terms">Under which terms.</param>
/// <param name="Files">Its files; of files with and without an address, either do.</param>
public sealed record DataEntry(
    string Name, string Kind, string About, string Source, string Terms, IReadOnlyList<DataFile> Files)
{
    /// <summary>The files that can be fetched.</summary>
    public IReadOnlyList<DataFile> Offered { get; } = [.. Files.Where(file => file.Address is not null)];
}

/// <summary>The known data sets: what they are, whose, and how their files are told from others.</summary>
public static class DataCatalog
{
    private const string Uci = "https://archive.ics.uci.edu/", UciTerms = "CC BY 4.0";

    /// <summary>Image sets, then the ten tables of <see cref="UciTables"/>.</summary>
    public static IReadOnlyList<DataEntry> All { get; } =
    [
        Images("cifar100", "60,000 images of 32×32, 100 classes",
        [
            new("image/cifar100/cifar-100-binary.tar.gz", 168_513_733,
                "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
                KnownDatasets.Find("cifar100").Address),
            new("image/cifar100/train.bin.gz", 50_452_385,
                "f62704f43ffe429bc1248fdef958342ce0dd7e380a4a5d68451418284e75b4b6"),
            new("image/cifar100/test.bin.gz", 27_980_803,
                "9012de08ee801cd5d58a3eb8f0b21f5e6ff2747419acc67e58f8c0b583fc1352"),
            new("image/cifar100/fine_label_names.txt", 725,
                "4a53f81a8af29bb6aa646bfe2c455db1b061edfde82a39c0cfc313ef536c681b"),
            new("image/cifar100/coarse_label_names.txt", 328,
                "14e28b5b70e3d8a29704b0d9f8c5985cca5f3c3d08ea043dcc87a036df37a2b3"),
        ]),
        Images("caltech101", "9,145 images made 32×32, 101 classes and background",
        [
            new("image/caltech101/caltech101_32.bin.gz", 22_872_775,
                "06a813da568e881791b79e51be4afee06148bab353b042d6674c13cf521d474b"),
            new("image/caltech101/index.tsv.gz", 55_066,
                "f5b16ed0db7ba350ea24fbf76d3a85123de5e89ef102922861e8faadc840c53e"),
            new("image/caltech101/class_names.txt", 906,
                "11f77b2a89689f83000dc904706794bec7004974956dd630157db2215c8cb020"),
        ]),
        Images("miniimagenet", "3,500 images made 32×32, 100 classes",
        [
            new("image/miniimagenet/miniimagenet_32.bin.gz", 9_971_838,
                "fd29916c1d8aa1bd93c620dfae223bb9f4a35d31fda183469477d72e81c4ab25"),
            new("image/miniimagenet/index.tsv.gz", 17_772,
                "de81553eca81e19ea1b3145b5f60c8e9743416983046618b4a38e4e9b9fb78e5"),
            new("image/miniimagenet/class_names.txt", 3_718,
                "27100e64cdc8cad6739a9575f272d28fa11264dc07794f0532603818975e89af"),
        ]),
        Images("office31", "4,110 images of at most 72×72, 31 classes, 3 domains",
        [
            new("image/office31/amazon.zip", 4_517_971,
                "07421ea1f455cfec924dafa85089937072c088146d818fbf5fb09a09300e14b6"),
            new("image/office31/dslr.zip", 850_873,
                "35efa6453964e1899066905788e4a8c6684219bb4acc6b175c80b37d6c7607c6"),
            new("image/office31/webcam.zip", 1_415_701,
                "c8173bcb8e25ccc81a177cd4137bac89c72f0631204512989f15277d3678f82e"),
        ]),
        Table("iris", 53, "150 rows, 3 classes", Offered("iris", "iris.data", 4_551,
            "6f608b71a7317216319b4d27b4d9bc84e6abd734eda7872b71a458569e2656c0")),
        Table("heart-disease", 45, "303 rows, 2 classes", Offered("heart-disease", "processed.cleveland.data", 18_461,
            "a74b7efa387bc9d108d7d0115d831fe9b414b29ae7124f331b622b4efa0427c8")),
        Table("wine", 109, "178 rows, 3 classes", Offered("wine", "wine.data", 10_782,
            "6be6b1203f3d51df0b553a70e57b8a723cd405683958204f96d23d7cd6aea659")),
        Table("adult", 2, "48,842 rows, 2 classes",
            new("adult.data.gz", 409_337, "fb9b6b419c38dd70d75d31f014b7f0905bf76e9625473c593455e31679a93184"),
            new("adult.test.gz", 205_487, "d16c978b95fe8ecec94dec57782a85ed9720c507d93a4608e8f182a8e6378d4a")),
        Table("wdbc", 17, "569 rows, 2 classes", Offered("breast-cancer-wisconsin", "wdbc.data", 124_103,
            "d606af411f3e5be8a317a5a8b652b425aaf0ff38ca683d5327ffff94c3695f4a")),
        Table("car", 19, "1,728 rows, 4 classes", Offered("car", "car.data", 51_867,
            "b703a9ac69f11e64ce8c223c0a40de4d2e9d769f7fb20be5f8f2e8a619893d83")),
        Table("wine-quality", 186, "6,497 rows, 6 classes",
            Offered("wine-quality", "winequality-red.csv", 84_199,
                "4a402cf041b025d4566d954c3b9ba8635a3a8a01e039005d97d6a710278cf05e"),
            Offered("wine-quality", "winequality-white.csv", 264_426,
                "76c3f809815c17c07212622f776311faeb31e87610d52c26d87d6e361b169836")),
        Table("dry-bean", 602, "13,611 rows, 7 classes", new DataFile("Dry_Bean_Dataset.arff.gz", 1_701_432,
            "4b42763c7d78c15dabcd62c56f6a26e706103c561b25261ff2044b813f11e725")),
        Table("rice", 545, "3,810 rows, 2 classes", new DataFile("Rice_Cammeo_Osmancik.arff", 426_939,
            "c9bd40c963e8b34cdc885e4d1d09b06759e08372fc74ed0427c3b6819677aeb8")),
        Table("bank-marketing", 222, "45,211 rows, 2 classes", new DataFile("bank-full.csv.gz", 475_203,
            "2cf6b847bc108d650d72750b04817c3a1cba305ebde1fe8f5174d8ac0bdc0d23")),
    ];

    /// <summary>Finds a file below the data roots.</summary>
    /// <param name="file">The file.</param>
    /// <param name="root">The data root; default: those of <see cref="KnownDatasets.Roots"/>.</param>
    /// <returns>Its path; null where it is absent.</returns>
    public static string? Locate(DataFile file, string? root = null) =>
        (root is null ? KnownDatasets.Roots : [root]).Select(folder => Path.Combine(folder, file.Path))
        .FirstOrDefault(File.Exists);

    private static DataEntry Images(string name, string about, DataFile[] files)
    {
        KnownDataset known = KnownDatasets.Find(name);
        return new(name, "image", about, known.Address, known.Terms, files);
    }

    private static DataEntry Table(string name, int number, string about, params DataFile[] files) =>
        new(name, "table", about, $"{Uci}dataset/{number}", UciTerms,
            [.. files.Select(file => file with { Path = $"tabular/{name}/{file.Path}" })]);

    private static DataFile Offered(string folder, string file, long bytes, string sha256) =>
        new(file, bytes, sha256, $"{Uci}ml/machine-learning-databases/{folder}/{file}");
}
