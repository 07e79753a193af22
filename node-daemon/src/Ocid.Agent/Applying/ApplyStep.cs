namespace Ocid.Agent.Applying;

/// <summary>What has been done of a change, in this order. A test ends the process after each.</summary>
public enum ApplyStep
{
    /// <summary>The staged files are whole and the daemon's own reader takes them.</summary>
    Validated,

    /// <summary>The applying record is durable.</summary>
    Recorded,

    /// <summary>The dead man waits.</summary>
    Armed,

    /// <summary>Program and units are those of the revision.</summary>
    Installed,

    /// <summary>The link names the revision.</summary>
    Swapped,

    /// <summary>The daemon's drop-ins are those of the revision.</summary>
    Linked,

    /// <summary>The daemon was reloaded or restarted.</summary>
    Restarted,

    /// <summary>The node works.</summary>
    Verified,

    /// <summary>The revision is the last good one.</summary>
    Remembered,

    /// <summary>The applying record is gone.</summary>
    Done,

    /// <summary>On the way back: link, drop-ins and program are as before.</summary>
    SwappedBack,

    /// <summary>On the way back: the daemon was reloaded or restarted.</summary>
    RestartedBack,

    /// <summary>On the way back: the revision is remembered as failed.</summary>
    RememberedBack,
}
