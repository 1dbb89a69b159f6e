namespace ML.TextToModel.Tensors.Layers;

/// <summary>Pooling of channels-last images (…, H, W, C) over windows that do not overlap.</summary>
public static class Pooling
{
    /// <summary>The mean of each window: (B, H, W, C) → (B, H / window, W / window, C).</summary>
    /// <exception cref="ArgumentException">The window does not divide height and width.</exception>
    public static Tensor Average(Tensor images, int window) => Unpooled(Windows(images, window).Mean(2, 4));

    /// <summary>The largest value of each window: (B, H, W, C) → (B, H / window, W / window, C).</summary>
    /// <exception cref="ArgumentException">The window does not divide height and width.</exception>
    public static Tensor Max(Tensor images, int window) => Unpooled(Windows(images, window).Max(2, 4));

    /// <summary>The mean over each image: (…, H, W, C) → (…, C).</summary>
    public static Tensor GlobalAverage(Tensor images) => images.Mean(-3, -2).Squeeze(-2).Squeeze(-2);

    // (B, OH, window, OW, window, C).
    private static Tensor Windows(Tensor images, int window)
    {
        Shape s = images.Shape;
        if (s.Rank != 4 || window < 1 || s[1] % window != 0 || s[2] % window != 0)
            throw new ArgumentException(
                $"Windows of {window} × {window} do not tile images of shape {s}.", nameof(window));
        return images.Reshape(s[0], s[1] / window, window, s[2] / window, window, s[3]);
    }

    private static Tensor Unpooled(Tensor pooled) =>
        pooled.Reshape(pooled.Shape[0], pooled.Shape[1], pooled.Shape[3], pooled.Shape[5]);
}
