using ML.TextToModel.Tensors;

namespace ML.TextToModel.Datasets.Tests;

public sealed class ImageSetTests
{
    [Fact]
    public void The_images_of_some_classes_are_a_set_of_these_alone()
    {
        ImageSet all = DrawnImages.Draw(perClass: 3, new Rng(1));
        ImageSet some = all.OfClasses([5, 2]);
        Assert.Equal([all.ClassNames[5], all.ClassNames[2]], some.ClassNames);
        Assert.Equal(6, some.Count);
        int[] places = [.. Enumerable.Range(0, all.Count).Where(i => all.Labels[i] is 5 or 2)];
        for (int i = 0; i < some.Count; i++)
        {
            Assert.Equal(all.Image(places[i]).ToArray(), some.Image(i).ToArray());
            Assert.Equal(all.ClassNames[all.Labels[places[i]]], some.ClassNames[some.Labels[i]]);
        }
    }
}
