using System.Text.Json;
using System.Text.Json.Serialization;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Cli.Commands;

/// <summary>
/// What a training is to do: a JSON file with any of these settings, or the options of the command line, which count
/// more. What neither says is as by default.
/// </summary>
internal sealed record TrainingRecipe
{
    public string? Dataset { get; init; }

    /// <summary>Images of each class, where they are drawn.</summary>
    public int? PerClass { get; init; }

    public ulong? Seed { get; init; }

    public NetworkKind? Network { get; init; }

    /// <summary>The file of a frozen backbone on which a head is trained.</summary>
    public string? Backbone { get; init; }

    /// <summary>Height and width of images, where the backbone's file leaves them open.</summary>
    public int? Side { get; init; }

    /// <summary>What is taken off red, green and blue from 0 to 1, for a backbone from an ONNX file.</summary>
    public IReadOnlyList<float>? PixelMean { get; init; }

    /// <summary>What they are then divided by.</summary>
    public IReadOnlyList<float>? PixelDeviation { get; init; }

    public IReadOnlyList<int>? Channels { get; init; }

    public IReadOnlyList<int>? Strides { get; init; }

    public int? Epochs { get; init; }

    public int? BatchSize { get; init; }

    public OptimizerKind? Optimizer { get; init; }

    public float? Rate { get; init; }

    public float? Decay { get; init; }

    public double? WarmUp { get; init; }

    public float? LabelSmoothing { get; init; }

    public bool? Flip { get; init; }

    public int? Shift { get; init; }

    /// <summary>The training's options, the defaults where nothing is said.</summary>
    public TrainingOptions Options
    {
        get
        {
            TrainingOptions standard = Backbone is not null ? GenericTraining.HeadOptions
                : Network == NetworkKind.ResNet20 ? ResNetArchitecture.Training
                : new();
            return standard with
            {
                Epochs = Epochs ?? standard.Epochs,
                BatchSize = BatchSize ?? standard.BatchSize,
                Optimizer = Optimizer ?? standard.Optimizer,
                Rate = Rate ?? standard.Rate,
                Decay = Decay ?? standard.Decay,
                WarmUp = WarmUp ?? standard.WarmUp,
                LabelSmoothing = LabelSmoothing ?? standard.LabelSmoothing,
                Flip = Flip ?? standard.Flip,
                Shift = Shift ?? standard.Shift,
            };
        }
    }

    /// <summary>The architecture; its number of classes is left to the data.</summary>
    public CnnSpec Architecture
    {
        get
        {
            CnnSpec standard = new() { Classes = 1 };
            return standard with { Channels = Channels ?? standard.Channels, Strides = Strides ?? standard.Strides };
        }
    }

    /// <summary>These settings where there are any, else those of <paramref name="other"/>.</summary>
    public TrainingRecipe Or(TrainingRecipe other) => new()
    {
        Dataset = Dataset ?? other.Dataset,
        PerClass = PerClass ?? other.PerClass,
        Seed = Seed ?? other.Seed,
        Network = Network ?? other.Network,
        Backbone = Backbone ?? other.Backbone,
        Side = Side ?? other.Side,
        PixelMean = PixelMean ?? other.PixelMean,
        PixelDeviation = PixelDeviation ?? other.PixelDeviation,
        Channels = Channels ?? other.Channels,
        Strides = Strides ?? other.Strides,
        Epochs = Epochs ?? other.Epochs,
        BatchSize = BatchSize ?? other.BatchSize,
        Optimizer = Optimizer ?? other.Optimizer,
        Rate = Rate ?? other.Rate,
        Decay = Decay ?? other.Decay,
        WarmUp = WarmUp ?? other.WarmUp,
        LabelSmoothing = LabelSmoothing ?? other.LabelSmoothing,
        Flip = Flip ?? other.Flip,
        Shift = Shift ?? other.Shift,
    };

    /// <summary>Reads a recipe file.</summary>
    /// <exception cref="ModelInputException">
    /// There is none, or it is no JSON, or has a setting that does not exist.
    /// </exception>
    public static TrainingRecipe Read(string path)
    {
        if (!File.Exists(path)) throw new ModelInputException($"There is no recipe {path}.");
        byte[] json = File.ReadAllBytes(path);
        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip };
            using (JsonDocument document = JsonDocument.Parse(json, options)) CheckNames(document.RootElement, path);
            return JsonSerializer.Deserialize(json, RecipeJson.Default.TrainingRecipe) ?? new TrainingRecipe();
        }
        catch (JsonException e)
        {
            throw new ModelInputException($"The recipe {path} cannot be read: {e.Message}", e);
        }
    }

    private static void CheckNames(JsonElement recipe, string path)
    {
        if (recipe.ValueKind != JsonValueKind.Object)
            throw new ModelInputException($"The recipe {path} is no JSON object.");
        string[] names =
            [.. RecipeJson.Default.TrainingRecipe.Properties.Where(p => p.Set is not null).Select(p => p.Name)];
        foreach (JsonProperty setting in recipe.EnumerateObject())
        {
            if (names.Contains(setting.Name)) continue;
            throw new ModelInputException($"The recipe {path} has the setting '{setting.Name}', which does not exist." +
                $"{Nearest.Hint(setting.Name, names)} There are {string.Join(", ", names)}.");
        }
    }
}

/// <summary>The networks that the generic model can be.</summary>
internal enum NetworkKind
{
    /// <summary>The CNN of Tina.</summary>
    Cnn,

    /// <summary>A head on a residual network of 20 layers.</summary>
    ResNet20,
}

/// <summary>JSON of recipes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(TrainingRecipe))]
internal sealed partial class RecipeJson : JsonSerializerContext;
