using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>Two-dimensional convolutions and their gradients, cut into parts for <see cref="Workers"/>.</summary>
internal static unsafe class Convolution
{
    /// <summary>y = x * w.</summary>
    public static void Forward(in ConvolutionShape s, float* x, float* w, float* y, KernelSet? kernels = null)
    {
        var job = new ForwardJob(s, x, w, y, kernels ?? KernelSet.Current);
        Workers.Run(s.Tasks * s.Batch, ref job);
    }

    /// <summary>gx = what gy says of x; with a shared input the sum over the tasks.</summary>
    public static void InputGradient(in ConvolutionShape s, float* gy, float* w, float* gx, KernelSet? kernels = null)
    {
        var job = new InputGradientJob(s, gy, w, gx, kernels ?? KernelSet.Current);
        Workers.Run(s.SharedInput ? s.Batch : s.Tasks * s.Batch, ref job);
    }

    /// <summary>gw = what x and gy say of w.</summary>
    public static void WeightGradient(in ConvolutionShape s, float* x, float* gy, float* gw, KernelSet? kernels = null)
    {
        var job = new WeightGradientJob(s, x, gy, gw, kernels ?? KernelSet.Current);
        Workers.Run(s.Tasks, ref job);
    }

    private static long InputLength(in ConvolutionShape s) => (long)s.Height * s.Width * s.InChannels;

    private static long OutputLength(in ConvolutionShape s) => (long)s.OutHeight * s.OutWidth * s.OutChannels;

    private static long WeightLength(in ConvolutionShape s) =>
        (long)s.OutChannels * (s.InChannels / s.Groups) * s.KernelHeight * s.KernelWidth;

    private readonly struct ForwardJob(ConvolutionShape s, float* x, float* w, float* y, KernelSet kernels) : IParallelJob
    {
        private readonly ConvolutionShape _s = s;
        private readonly float* _x = x;
        private readonly float* _w = w;
        private readonly float* _y = y;

        public void Run(int part)
        {
            (int task, int image) = Math.DivRem(part, _s.Batch);
            long input = _s.SharedInput ? image : part;
            kernels.Convolve(_s, _x + input * InputLength(_s), _w + task * WeightLength(_s), _y + part * OutputLength(_s));
        }
    }

    private readonly struct InputGradientJob(ConvolutionShape s, float* gy, float* w, float* gx, KernelSet kernels)
        : IParallelJob
    {
        private readonly ConvolutionShape _s = s;
        private readonly float* _gy = gy;
        private readonly float* _w = w;
        private readonly float* _gx = gx;

        public void Run(int part)
        {
            float* target = _gx + part * InputLength(_s);
            new Span<float>(target, checked((int)InputLength(_s))).Clear();
            int end = _s.SharedInput ? _s.Tasks * _s.Batch : part + 1;
            for (int image = part; image < end; image += _s.Batch)
            {
                int task = image / _s.Batch;
                kernels.ConvolveInputGradient(
                    _s, _gy + image * OutputLength(_s), _w + task * WeightLength(_s), target);
            }
        }
    }

    private readonly struct WeightGradientJob(ConvolutionShape s, float* x, float* gy, float* gw, KernelSet kernels)
        : IParallelJob
    {
        private readonly ConvolutionShape _s = s;
        private readonly float* _x = x;
        private readonly float* _gy = gy;
        private readonly float* _gw = gw;

        public void Run(int part)
        {
            float* target = _gw + part * WeightLength(_s);
            new Span<float>(target, checked((int)WeightLength(_s))).Clear();
            for (int i = 0; i < _s.Batch; i++)
            {
                long image = (long)part * _s.Batch + i;
                kernels.ConvolveWeightGradient(
                    _s, _x + (_s.SharedInput ? i : image) * InputLength(_s), _gy + image * OutputLength(_s), target);
            }
        }
    }
}
