namespace ML.TextToModel.Encoders;

/// <summary>A class as the user names or describes it.</summary>
/// <param name="Name">Its name: what predictions say.</param>
/// <param name="Description">A free description to recognise it by; default: the name says it all.</param>
public sealed record ClassText(string Name, string? Description = null)
{
    /// <summary>What an encoder reads.</summary>
    public string Text => Description ?? Name;

    /// <summary>A name without a description.</summary>
    public static implicit operator ClassText(string name) => new(name);
}
