namespace ML.TextToModel.Llm.Tests;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("write to ann.lee+x@mail.example.co.uk!", "write to [e-mail]!")]
    [InlineData("jürgen@müller.example", "[e-mail]")]
    [InlineData("<a@b.cd>;c@d.ef", "<[e-mail]>;[e-mail]")]
    public void Email_addresses_are_taken_out(string text, string masked) => Assert.Equal(masked, Masking.Mask(text));

    [Theory]
    [InlineData("+49 171 2345678")]
    [InlineData("(555) 123-4567")]
    [InlineData("555-123-4567")]
    [InlineData("555-1234")]
    [InlineData("01.23.45.67.89")]
    [InlineData("020 7946 0958")]
    [InlineData("0171/2345678")]
    [InlineData("5551234567")]
    [InlineData("٠١٢٣٤٥٦٧٨٩")]
    public void Phone_numbers_are_taken_out(string number) =>
        Assert.Equal("call [phone], now", Masking.Mask($"call {number}, now"));

    [Theory]
    [InlineData("4111111111111111")]
    [InlineData("4111 1111 1111 1111")]
    [InlineData("3782-822463-10005")]
    [InlineData("4111 1111 1111 1111 2027")]
    [InlineData("17 4111 1111 1111 1111")]
    public void Card_numbers_are_taken_out(string number) =>
        Assert.Equal("paid by [card].", Masking.Mask($"paid by {number}."));

    [Fact]
    public void A_long_number_with_a_wrong_check_digit_is_taken_out_all_the_same() =>
        Assert.Equal("[phone]", Masking.Mask("4111111111111112"));

    [Fact]
    public void Numbers_in_a_list_are_taken_out_one_by_one() =>
        Assert.Equal("[phone],[phone];[phone]", Masking.Mask("5551234567,5559876543;555-1234"));

    [Theory]
    [InlineData("39")]
    [InlineData("77516")]
    [InlineData("3.14159265358979")]
    [InlineData("-1234.5678")]
    [InlineData("2024-03-01")]
    [InlineData("2024-03-01 12:30:00")]
    [InlineData("31/12/2024")]
    [InlineData("1994-2000")]
    [InlineData("1e10")]
    [InlineData("sha1234567890x")]
    [InlineData("@home, at 5")]
    public void Other_numbers_and_words_stay(string text) => Assert.Equal(text, Masking.Mask(text));

    [Fact]
    public void A_cut_does_not_leave_half_a_number()
    {
        string text = new string('x', 290) + " 4111 1111 1111 1111 and so on, for long";
        Assert.Equal(new string('x', 290) + " [card] an…", SampleText.Prepare(text, 300, mask: true));
    }

    [Fact]
    public void Zero_width_characters_do_not_hide_a_number() =>
        Assert.Equal("[card]", SampleText.Prepare("4111\u200b1111\u200b1111\u200b1111", 300, mask: true));

    [Fact]
    public void Long_texts_take_time_by_their_length_only()
    {
        string text = string.Concat(Enumerable.Repeat("1 (2) a.b-", 100_000));
        Assert.Equal(text, Masking.Mask(text));
    }
}
