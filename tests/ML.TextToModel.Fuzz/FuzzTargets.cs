using ML.TextToModel.Datasets;
using ML.TextToModel.Llm;
using ML.TextToModel.Onnx;
using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Fuzz;

/// <summary>Every reader of untrusted files: one line each.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        new FuzzTarget<SafetensorsException>("safetensors", SafetensorsFuzz.Files, SafetensorsFuzz.Read),
        new FuzzTarget<SafetensorsException>("safetensors-header", SafetensorsFuzz.Headers, SafetensorsFuzz.ReadHeader),
        new FuzzTarget<NpyException>("npy", NpyFuzz.Files, NpyFuzz.Read),
        new FuzzTarget<NpyException>("npy-header", NpyFuzz.Headers, NpyFuzz.ReadHeader),
        new FuzzTarget<ClassifierFileException>("t2m", ClassifierFuzz.Files, ClassifierFuzz.Read),
        new FuzzTarget<ClassifierFileException>("t2m-metadata", ClassifierFuzz.Metadata, ClassifierFuzz.ReadMetadata),
        new FuzzTarget<ModelInputException>("tina", TinaFuzz.Files, TinaFuzz.Read),
        new FuzzTarget<ModelInputException>("tina-metadata", TinaFuzz.Metadata, TinaFuzz.ReadMetadata),
        new FuzzTarget<ModelInputException>("hypernetwork", HypernetworkFuzz.Files, HypernetworkFuzz.Read),
        new FuzzTarget<ModelInputException>("text-encoder", TextEncoderFuzz.Files, TextEncoderFuzz.Read),
        new FuzzTarget<OnnxException>("onnx", OnnxFuzz.Files, OnnxFuzz.Read),
        new FuzzTarget<ModelInputException>("delimited", TableFuzz.Delimited, TableFuzz.ReadDelimited),
        new FuzzTarget<ModelInputException>("arff", TableFuzz.Arff, TableFuzz.ReadArff),
        new FuzzTarget<ModelInputException>("json", TableFuzz.Json, TableFuzz.ReadJson),
        new FuzzTarget<ModelInputException>("table", TableFuzz.Tables, TableFuzz.LoadTable),
        new FuzzTarget<ModelInputException>("glue", TableFuzz.Glue, TableFuzz.LoadGlue),
        new FuzzTarget<ModelInputException>("profile", TableFuzz.Tables, RequirementFuzz.ProfileTable),
        new FuzzTarget<RequirementException>("requirement", RequirementFuzz.Requirements, RequirementFuzz.Read),
        new TolerantTarget("sentence", RequirementFuzz.Sentences, RequirementFuzz.ReadSentence),
        new FuzzTarget<ModelInputException>("cifar", ImageFuzz.Records, ImageFuzz.ReadCifar),
        new FuzzTarget<ModelInputException>("records", ImageFuzz.Records, ImageFuzz.ReadRecords),
        new FuzzTarget<ModelInputException>("archive", ImageFuzz.Archives, ImageFuzz.ReadArchive),
        new FuzzTarget<ModelInputException>("class-names", ImageFuzz.Names, ImageFuzz.ReadNames),
        new FuzzTarget<DecodingException>("png", PictureFuzz.Pngs, PictureFuzz.Read),
        new FuzzTarget<DecodingException>("png-chunks", PictureFuzz.Pngs, PictureFuzz.ReadChunks),
        new FuzzTarget<DecodingException>("jpeg", PictureFuzz.Jpegs, PictureFuzz.Read),
        new FuzzTarget<ReplyException>("llm-reply", ReplyFuzz.Replies, ReplyFuzz.Read),
        new TolerantTarget("masking", ReplyFuzz.Cells, ReplyFuzz.Mask),
        new FuzzTarget<ImageException>("zip", PictureFuzz.Zips, PictureFuzz.ReadZip),
    ];
}
