using System.Buffers.Binary;

namespace ML.TextToModel.Datasets.Tests;

public sealed class KnownDatasetsTests
{
    [Theory]
    [InlineData("cifar100", ImageSplit.Train, 18_000, 100, 180, 180)]
    [InlineData("cifar100", ImageSplit.Test, 10_000, 100, 100, 100)]
    [InlineData("caltech101", ImageSplit.Train, 0, 101, 1, 800)]
    [InlineData("caltech101", ImageSplit.Test, 0, 101, 1, 800)]
    [InlineData("miniimagenet", ImageSplit.Train, 2_500, 100, 25, 25)]
    [InlineData("miniimagenet", ImageSplit.Test, 1_000, 100, 10, 10)]
    [InlineData("office31", ImageSplit.Train, 3_315, 31, 43, 131)]
    [InlineData("office31", ImageSplit.Test, 795, 31, 11, 43)]
    public void Images_and_classes_are_counted(string name, ImageSplit split, int images, int classes,
        int fewest, int most)
    {
        TestInput.Shared("image");
        ImageSet set = KnownDatasets.Find(name).Load(split);
        int[] counts = [.. set.Labels.CountBy(label => label).Select(pair => pair.Value)];
        Assert.Equal((classes, classes), (set.ClassNames.Count, counts.Length));
        Assert.InRange(counts.Min(), fewest, most);
        Assert.InRange(counts.Max(), fewest, most);
        if (images > 0) Assert.Equal(images, set.Count);
        Assert.Equal(set.Count * ImageSet.ImageBytes, set.Images.Length);
        Assert.Equal(classes, set.ClassNames.Distinct().Count());
    }

    [Fact]
    public void Caltech101_leaves_the_background_out()
    {
        TestInput.Shared("image");
        ImageSet train = KnownDatasets.Find("caltech101").Load(), test = KnownDatasets.Find("caltech101")
            .Load(ImageSplit.Test);
        Assert.Equal(8_677, train.Count + test.Count);
        Assert.DoesNotContain("BACKGROUND_Google", train.ClassNames);
    }

    [Fact]
    public void Cifar100_has_its_published_test_means_and_superclasses()
    {
        TestInput.Shared("image");
        ImageSet test = KnownDatasets.Find("CIFAR100").Load(ImageSplit.Test);
        double[] means = new double[3];
        for (int i = 0; i < test.Count; i++)
            for (int channel = 0; channel < 3; channel++)
                foreach (byte value in test.Image(i)
                    .Slice(channel * 1024, 1024)) means[channel] += value / (255.0 * 1024 * test.Count);
        Assert.Equal([0.50880, 0.48739, 0.44194], means.Select(mean => Math.Round(mean, 5)));
        Assert.Equal("fruit_and_vegetables", test.CoarseNames![test.CoarseLabels![Array.IndexOf(test.Labels, 0)]]);
        Assert.Equal("apple", test.ClassNames[0]);
        Assert.Equal(100, test.Labels.Zip(test.CoarseLabels!).Distinct()
            .Count());   // each class lies in one superclass
    }

    [Fact]
    public void An_absent_data_set_says_where_it_was_looked_for_and_what_to_do()
    {
        string root = Path.Combine("no", "such", "root"), folder = Path.Combine(root, "image", "caltech101");
        KnownDataset dataset = KnownDatasets.Find("caltech101");
        Assert.False(dataset.IsPresent(root: root));
        ImageException failure = Assert.Throws<ImageException>(() => dataset.Load(root: root));
        Assert.Equal(ImageFault.NotFound, failure.Fault);
        Assert.Equal("caltech101: the data set was not found. Looked for " +
            $"{Path.Combine(folder, "caltech101_32.bin.gz")}, {Path.Combine(folder, "caltech101_32.bin")}. " +
            "Fetch it from https://data.caltech.edu/records/mzrjq-6wc02 (CC BY 4.0), " +
            "or set T2M_DATA to the folder that holds image/caltech101.", failure.Message);
    }

    [Fact]
    public void An_unknown_data_set_is_answered_with_the_known_ones()
    {
        ImageException failure = Assert.Throws<ImageException>(() => KnownDatasets.Find("mnist"));
        Assert.Equal((ImageFault.UnknownDataset,
            "mnist: this is no known data set. There are cifar100, caltech101, miniimagenet, office31."),
            (failure.Fault, failure.Message));
    }

    [Fact]
    public void A_folder_of_records_is_split_by_its_index()
    {
        string root = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string folder = Directory.CreateDirectory(Path.Combine(root, "image", "miniimagenet")).FullName;
            byte[] file = new byte[3 * 3074];
            for (int i = 0; i < 3; i++) BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(i * 3074),
                (ushort)(i % 2));
            File.WriteAllBytes(Path.Combine(folder, "miniimagenet_32.bin"), file);
            File.WriteAllText(Path.Combine(folder, "class_names.txt"), "n1\thouse finch, linnet\t12\nn2\trobin\t15\n");
            KnownDataset dataset = KnownDatasets.Find("miniimagenet");
            Assert.Equal(ImageFault.NotFound, Assert.Throws<ImageException>(() => dataset.Load(root: root))
                .Fault);   // no index
            File.WriteAllBytes(Path.Combine(folder, "index.tsv.gz"),
                TestInput.Gzip("record\tsource_file\tsplit\n0\tx\ttrain\n1\ty\ttrain\n2\tz\tval\n"u8.ToArray()));
            Assert.Equal(["house finch", "robin"], dataset.Load(ImageSplit.Train, root).ClassNames);
            Assert.Equal([0, 1], dataset.Load(ImageSplit.Train, root).Labels);
            Assert.Equal([0], dataset.Load(ImageSplit.Test, root).Labels);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
