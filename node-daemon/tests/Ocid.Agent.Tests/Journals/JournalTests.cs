using Ocid.Agent.Journals;

namespace Ocid.Agent.Tests.Journals;

public sealed class JournalTests : IDisposable
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private readonly TestHost _host = new();

    private Journal Journal => Journal.Open(_host.Paths);

    [Fact]
    public void Restore_puts_files_and_links_back_and_takes_away_what_was_made()
    {
        var (file, link) = (_host.Paths.Below("etc/some.conf"), _host.Paths.Below("etc/some.link"));
        File.WriteAllText(file, "before");
        File.SetUnixFileMode(file, Mode);
        File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        File.CreateSymbolicLink(link, "elsewhere");
        var before = _host.Tree();

        Journal.File(file, "after"u8, UnixFileMode.UserRead);
        Journal.File(file, "after that"u8, UnixFileMode.UserRead);
        Journal.Link(link, "here");
        Journal.File(_host.Paths.Below("usr/local/new/file"), "new"u8, Mode);
        Journal.Tree(_host.Paths.Below("run/filled"));
        Directory.CreateDirectory(_host.Paths.Below("run/filled/by/the/daemon"));
        var kept = Journal.Restore();

        kept.Should().BeEmpty();
        _host.Tree().Should().Equal(before);
    }

    [Fact]
    public void A_directory_that_was_there_is_nobody_elses_tree()
    {
        var directory = _host.Paths.Below("var/lib/theirs");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(directory).FullName, "file"), "");
        var before = _host.Tree();

        Journal.Tree(directory);
        Journal.Restore();

        _host.Tree().Should().Equal(before);
    }

    [Fact]
    public void What_others_put_into_a_directory_of_ours_stays_with_it_and_is_named()
    {
        var file = _host.Paths.Below("opt/new/ours");
        Journal.File(file, "ours"u8, Mode);
        File.WriteAllText(_host.Paths.Below("opt/new/theirs"), "theirs");

        var kept = Journal.Restore();

        kept.Should().StartWith(_host.Paths.Below("opt/new") + ": not empty");
        File.Exists(file).Should().BeFalse();
        File.ReadAllText(_host.Paths.Below("opt/new/theirs")).Should().Be("theirs");
    }

    [Fact]
    public void Drift_is_what_is_not_as_it_was_written()
    {
        var (changed, same, replaced) = (_host.Paths.Below("etc/changed"), _host.Paths.Below("etc/same"), _host.Paths.Below("etc/replaced"));
        Journal.File(changed, "ours"u8, Mode);
        Journal.File(same, "ours"u8, Mode);
        Journal.Link(replaced, "ours");
        File.WriteAllText(changed, "edited by hand");
        File.Delete(replaced);

        Journal.Drifted().Should().Equal(changed, replaced);
    }

    [Fact]
    public void What_is_neither_file_nor_link_is_not_replaced()
    {
        var directory = _host.Paths.Below("etc/directory");
        Directory.CreateDirectory(directory);

        FluentActions.Invoking(() => Journal.File(directory, "ours"u8, Mode)).Should().Throw<Primitives.OcidException>().WithMessage($"{directory}: is no file*");
    }

    public void Dispose() => _host.Dispose();
}
