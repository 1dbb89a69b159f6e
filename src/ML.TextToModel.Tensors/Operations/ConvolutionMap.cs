using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>Convolutions of tensors, and their gradients.</summary>
internal static unsafe class ConvolutionMap
{
    public static Tensor Forward(in ConvolutionShape s, Tensor x, Tensor weight)
    {
        Tensor y = Tensor.Empty([s.Tasks, s.Batch, s.OutHeight, s.OutWidth, s.OutChannels]);
        Convolution.Forward(s, x.Pointer, weight.Pointer, y.Pointer);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        return y;
    }

    public static InputGradients Gradient(Node n, Tensor g)
    {
        ConvolutionShape s = n.Get<ConvolutionShape>();
        g = s.Relu ? Tensor.Apply(BinaryKernel.ReluGradient, n.Output, g) : g.Contiguous();
        Tensor? gx = null, gw = null;
        if (n.Needs(0))
        {
            gx = Tensor.Empty(n[0].Shape);
            Convolution.InputGradient(s, g.Pointer, n[1].Pointer, gx.Pointer);
        }
        if (n.Needs(1))
        {
            gw = Tensor.Empty(n[1].Shape);
            Convolution.WeightGradient(s, n[0].Pointer, g.Pointer, gw.Pointer);
        }
        GC.KeepAlive(g);
        return (gx, gw);
    }
}
