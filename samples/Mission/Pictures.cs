using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.MLNet;
using ML.TextToModel.Requirements;
using ML.TextToModel.Tensors;
using QuickStart;

namespace Mission;

/// <summary>Images: pictures that the sample draws.</summary>
internal sealed class Pictures : IMission
{
    private const int PerClass = 20;

    public string Name => "image";

    public string Description => $"Pictures of the classes {string.Join(", ", Scenes.Classes)}";

    public IDataView Rows(MLContext context, Given given) => context.Data.LoadFromEnumerable(given switch
    {
        Given.Nothing => [],
        Given.Unlabelled => Draw(1).Select(one => one with { Label = "" }).ToArray(),
        _ => Draw(1),
    });

    public IDataView Kept(MLContext context) => context.Data.LoadFromEnumerable(Draw(2));

    public IEstimator<ITransformer> Step(
        MLContext context, string? description, IRequirementGenerator requirements) =>
        context.Transforms.TextToModel(context, new TextToModelOptions
        {
            ImageColumnName = nameof(Picture.Image), TaskDescription = description,
            RequirementGenerator = requirements, Seed = 1,
        });

    private static Picture[] Draw(ulong seed) =>
        [.. Scenes.Draw(PerClass, new Rng(seed)).Select(one => new Picture { Image = one.Picture, Label = one.Class })];

    private sealed record Picture
    {
        [VectorType(3 * 32 * 32)]
        public float[] Image { get; init; } = [];

        public string Label { get; init; } = "";
    }
}
