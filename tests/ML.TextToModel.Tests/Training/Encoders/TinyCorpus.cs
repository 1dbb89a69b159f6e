using ML.TextToModel.Datasets;

namespace ML.TextToModel.Training.Tests;

/// <summary>A WordNet of two kinds of things, and some sentences.</summary>
internal static class TinyCorpus
{
    public static TextCorpus Make() => new(
        [
            Synset("noun.Tops", "thing", "all that there is"),
            Synset("noun.animal", "animal", "a living thing that moves and feeds", 0),
            Synset("noun.artifact", "vehicle", "a made thing that carries people on wheels", 0),
            Synset("noun.animal", "cat", "a small furry animal that purrs and catches mice", 1),
            Synset("noun.animal", "dog|hound", "a loyal furry animal that barks and guards", 1),
            Synset("noun.animal", "horse", "a large animal with hooves that gallops", 1),
            Synset("noun.artifact", "car|motorcar", "a vehicle with four wheels and a motor", 2),
            Synset("noun.artifact", "truck|lorry", "a large vehicle with a motor that carries loads", 2),
            Synset("noun.artifact", "bicycle", "a vehicle with two wheels and pedals", 2),
            Synset("noun.animal", "zebra", "a striped animal of the savanna", 1),
        ],
        new HashSet<int> { 9 },
        [("A man rides a horse in the rain.", "Somebody is riding a horse."), ("Two dogs bark.", "Dogs make noise.")],
        [new("a cat", "a dog", 0.4f), new("a car", "a motorcar", 1), new("a horse", "pedals", 0)],
        [new("a dog", "a hound", 1), new("a cat", "a lorry", 0), new("a horse", "a dog", 0.5f)]);

    public static readonly EncoderTrainingOptions Options = new()
    {
        Length = 8, Words = 60, Subwords = 20, Steps = 60, Pairs = 8, ScoredPairs = 4, Kin = 8, KinWeight = 1,
        Rate = 0.02f, WarmUp = 5,
    };

    private static Synset Synset(string lexfile, string members, string definition, params int[] hypernyms) =>
        new(members, lexfile, members.Split('|'), definition, [], hypernyms);
}
