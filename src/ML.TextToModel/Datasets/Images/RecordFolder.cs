namespace ML.TextToModel.Datasets;

/// <summary>
/// A folder with records that begin with a 16-bit class id, their class names (class_names.txt) and their splits
/// (index.tsv.gz with the columns record and split).
/// </summary>
internal static class RecordFolder
{
    public static ImageSet Load(string path, ImageSplit split, int nameField, string? without = null)
    {
        string folder = Path.GetDirectoryName(path)!;
        string namesPath = Path.Combine(folder, "class_names.txt"), indexPath = Path.Combine(folder, "index.tsv.gz");
        // WordNet gives a class several names, the usual one first.
        string[] names = [.. ClassNameFile.Read(KnownDatasets.OpenFile(namesPath), namesPath, nameField)
            .Select(name => name.Split(',')[0])];
        bool[] isTest = ReadIndex(KnownDatasets.OpenFile(indexPath), indexPath);

        using var reader = new ImageReader(KnownDatasets.OpenFile(path), ImageLayout.ClassId, names.Length, path,
            isTest.Length);
        ImageSet all = ImageSet.Load(reader, names);
        int dropped = Array.IndexOf(names, without);
        if (dropped >= 0 && dropped != names.Length - 1)
            throw new ImageException(ImageFault.BadClassNames, namesPath,
                $"'{without}' must be the last class, as it is left out.");
        int[] chosen = [.. Enumerable.Range(0, all.Count).Where(i =>
            isTest[i] == (split == ImageSplit.Test) && all.Labels[i] != dropped)];
        return all.Select(chosen).WithNames(dropped < 0 ? names : names[..dropped], coarseNames: null);
    }

    /// <summary>For each record, whether it is one to test on.</summary>
    public static bool[] ReadIndex(Stream stream, string name)
    {
        var options = new TableOptions { Delimiter = '\t', Quoted = false, HasHeader = true };
        using TableReader reader = TableReader.Open(stream, options, name, declaredOnly: true);
        int record = reader.IndexOf("record"), split = reader.IndexOf("split");
        var isTest = new List<bool>();
        while (reader.Read())
        {
            string part = reader.Row[split].ToString();
            if (!reader.Row[record].SequenceEqual(isTest.Count.ToString()) || part is not ("train" or "test" or "val"))
            {
                throw new ImageException(ImageFault.BadIndex, name, isTest.Count,
                    $"line {reader.Row.Line} must number record {isTest.Count} and say train, test or val.");
            }
            isTest.Add(part != "train");
        }
        return [.. isTest];
    }
}
