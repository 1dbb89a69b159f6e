using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Tina;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>Example images of classes, in a folder or zip with a folder for each class.</summary>
internal static class ClassImages
{
    /// <summary>Reads up to so many images of each class, those whose paths are first in ordinal order.</summary>
    /// <param name="path">The folder or zip.</param>
    /// <param name="texts">The classes, in order; null for those of the folders, known by their images alone.</param>
    /// <param name="perClass">The most images of a class.</param>
    /// <param name="warn">Is told of images that cannot be read.</param>
    /// <exception cref="ModelInputException">
    /// There are no folders of classes, or one of a class that is not among the texts, or one without a good image.
    /// </exception>
    public static IReadOnlyList<ClassPrompt> Read(
        string path, IReadOnlyList<ClassText>? texts, int perClass, Action<string> warn)
    {
        using ImageFolderReader reader = ImageFolderReader.Open(path, new() { BadFiles = BadRows.Report });
        if (reader.ClassNames.Count == 0)
            throw new ModelInputException($"{path}: the images lie in no folders, whose names would be their classes.");
        List<RgbImage>[] images = [.. reader.ClassNames.Select(_ => new List<RgbImage>())];
        while (reader.Read())
        {
            if (reader.Label < 0 || images[reader.Label].Count == perClass) continue;
            if (reader.Image is { } image) images[reader.Label].Add(image);
            else warn($"{reader.Place} was left out: {reader.Error}");
        }
        foreach ((int label, List<RgbImage> own) in images.Index())
            if (own.Count == 0)
                throw new ModelInputException($"{path}: the folder '{reader.ClassNames[label]}' has no good image.");
        if (texts is null)
            return [.. reader.ClassNames.Zip(images).Select(one => new ClassPrompt(one.First) { Images = one.Second })];
        Dictionary<string, List<RgbImage>> byName = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, List<RgbImage> own) in reader.ClassNames.Zip(images))
            if (!byName.TryAdd(Plain(name), own))
                throw new ModelInputException($"{path} has two folders of the class '{Plain(name)}'.");
        ClassPrompt[] prompts = [.. texts.Select(text => ClassPrompt.Of(text) with
        {
            Images = byName.Remove(Plain(text.Name), out List<RgbImage>? own) ? own : [],
        })];
        return byName.Count == 0 ? prompts : throw new ModelInputException(
            $"{path} has a folder '{byName.Keys.First()}', which is none of the classes.");
    }

    /// <summary>Folders may have underscores where people write spaces.</summary>
    private static string Plain(string name) => name.Replace('_', ' ').Trim();
}
