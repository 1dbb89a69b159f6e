using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>Two-dimensional convolutions and their gradients, cut into parts for <see cref="Workers"/>.</summary>
internal static unsafe class Convolution
{
#if DEBUG
    private const long WorkOfPart = 1 << 8;   // small, so that tests cut even small images into bands
    private const long MostWorkOfPart = 1 << 10;
#else
    private const long WorkOfPart = 1 << 18;   // multiply-adds, about 3 µs: less is not worth a part of its own
    private const long MostWorkOfPart = 1 << 20;   // larger images are cut into bands of lines
#endif
    private const int PartsOfWeightGradient = 16;

    /// <summary>y = x * w, or max(x * w, 0).</summary>
    public static void Forward(in ConvolutionShape s, float* x, float* w, float* y, KernelSet? kernels = null)
    {
        if (s.Tasks * s.Batch == 0) return;
        kernels ??= KernelSet.Current;
        float* packed = PackWeights(s, w, forward: true, kernels);
        long lineWork = Math.Max((long)s.OutWidth * s.OutChannels * Terms(s), 1);
        int bands = Ceiling(s.OutHeight, (int)Math.Clamp(MostWorkOfPart / lineWork, 1, Math.Max(s.OutHeight, 1)));
        int images = bands > 1 ? 1 : (int)Math.Clamp(WorkOfPart / (lineWork * Math.Max(s.OutHeight, 1)), 1, s.Batch);
        var job = new ForwardJob(s, x, w, packed, y, bands, images, kernels);
        Workers.Run(Ceiling(s.Tasks * s.Batch, images) * bands, ref job);
    }

    /// <summary>gx = what gy, the gradient of x * w, says of x; with a shared input the sum over the tasks.</summary>
    public static void InputGradient(in ConvolutionShape s, float* gy, float* w, float* gx, KernelSet? kernels = null)
    {
        kernels ??= KernelSet.Current;
        float* packed = PackWeights(s, w, forward: false, kernels);
        var job = new InputGradientJob(s, gy, w, packed, gx, kernels);
        Workers.Run(s.SharedInput ? s.Batch : s.Tasks * s.Batch, ref job);
    }

    /// <summary>gw = what x and gy, the gradient of x * w, say of w.</summary>
    public static void WeightGradient(in ConvolutionShape s, float* x, float* gy, float* gw, KernelSet? kernels = null)
    {
        kernels ??= KernelSet.Current;
        int parts = Math.Clamp(Ceiling(PartsOfWeightGradient, s.Tasks), 1, Math.Max(s.Batch, 1));
        float* sums = Scratch.ForCall(s.Tasks * parts * kernels.WeightGradientLength(s));
        var job = new WeightGradientJob(s, x, gy, sums, parts, kernels);
        Workers.Run(s.Tasks * parts, ref job);
        var summing = new SummingJob(s, sums, gw, parts, kernels);
        Workers.Run(s.Tasks, ref summing);
    }

    private static float* PackWeights(in ConvolutionShape s, float* w, bool forward, KernelSet kernels)
    {
        long length = forward ? kernels.PackedWeightLength(s) : kernels.PackedInputGradientWeightLength(s);
        if (length == 0) return null;
        float* packed = Scratch.ForCall(s.Tasks * length);
        var job = new PackingJob(s, w, packed, length, forward, kernels);
        Workers.Run(s.Tasks, ref job);
        return packed;
    }

    private static int Ceiling(int total, int part) => (total + part - 1) / part;

    private static long InputLength(in ConvolutionShape s) => (long)s.Height * s.Width * s.InChannels;

    private static long OutputLength(in ConvolutionShape s) => (long)s.OutHeight * s.OutWidth * s.OutChannels;

    private static long WeightLength(in ConvolutionShape s) => s.OutChannels * Terms(s);

    private static long Terms(in ConvolutionShape s) => (long)s.InChannels / s.Groups * s.KernelHeight * s.KernelWidth;

    private readonly struct PackingJob(
        ConvolutionShape s, float* w, float* packed, long length, bool forward, KernelSet kernels) : IParallelJob
    {
        private readonly ConvolutionShape _s = s;

        public void Run(int task)
        {
            float* source = w + task * WeightLength(_s);
            if (forward) kernels.PackWeights(_s, source, packed + task * length);
            else kernels.PackInputGradientWeights(_s, source, packed + task * length);
        }
    }

    /// <summary>A part is a band of the lines of one image, or some images.</summary>
    private readonly struct ForwardJob(
        ConvolutionShape s, float* x, float* w, float* packed, float* y, int bands, int images, KernelSet kernels)
        : IParallelJob
    {
        private readonly ConvolutionShape _s = s;

        public void Run(int part)
        {
            (int group, int band) = Math.DivRem(part, bands);
            int firstLine = (int)((long)_s.OutHeight * band / bands);
            int lines = (int)((long)_s.OutHeight * (band + 1) / bands) - firstLine;
            int end = Math.Min((group + 1) * images, _s.Tasks * _s.Batch);
            long packedLength = kernels.PackedWeightLength(_s);
            for (int i = group * images; i < end; i++)
            {
                (int task, int image) = Math.DivRem(i, _s.Batch);
                float* target = y + i * OutputLength(_s);
                kernels.Convolve(
                    _s, x + (_s.SharedInput ? image : i) * InputLength(_s),
                    w + task * WeightLength(_s), packed + task * packedLength, target, firstLine, lines);
                if (!_s.Relu) continue;
                int line = _s.OutWidth * _s.OutChannels;
                Span<float> written = new(target + (long)firstLine * line, lines * line);
                kernels.Unary(UnaryKernel.Relu, written, written);
            }
        }
    }

    private readonly struct InputGradientJob(
        ConvolutionShape s, float* gy, float* w, float* packed, float* gx, KernelSet kernels) : IParallelJob
    {
        private readonly ConvolutionShape _s = s;

        public void Run(int part)
        {
            long packedLength = kernels.PackedInputGradientWeightLength(_s);
            int end = _s.SharedInput ? _s.Tasks * _s.Batch : part + 1;
            for (int i = part; i < end; i += _s.Batch)
            {
                int task = i / _s.Batch;
                kernels.ConvolveInputGradient(
                    _s, gy + i * OutputLength(_s), w + task * WeightLength(_s), packed + task * packedLength,
                    gx + part * InputLength(_s), accumulate: i > part);
            }
        }
    }

    /// <summary>A part is a share of the images of one task.</summary>
    private readonly struct WeightGradientJob(
        ConvolutionShape s, float* x, float* gy, float* sums, int parts, KernelSet kernels) : IParallelJob
    {
        private readonly ConvolutionShape _s = s;

        public void Run(int part)
        {
            (int task, int share) = Math.DivRem(part, parts);
            long length = kernels.WeightGradientLength(_s);
            float* target = sums + part * length;
            new Span<float>(target, checked((int)length)).Clear();
            int end = (int)((long)_s.Batch * (share + 1) / parts);
            for (int image = (int)((long)_s.Batch * share / parts); image < end; image++)
            {
                long i = (long)task * _s.Batch + image;
                kernels.AddWeightGradient(
                    _s, x + (_s.SharedInput ? image : i) * InputLength(_s), gy + i * OutputLength(_s), target);
            }
        }
    }

    private readonly struct SummingJob(ConvolutionShape s, float* sums, float* gw, int parts, KernelSet kernels)
        : IParallelJob
    {
        private readonly ConvolutionShape _s = s;

        public void Run(int task) => kernels.SumWeightGradients(
            _s, sums + (long)task * parts * kernels.WeightGradientLength(_s), parts, gw + task * WeightLength(_s));
    }
}
