namespace Ocid.Operator.Controllers;

/// <summary>What has been done of a round of writes, in this order. A test ends the process after each.</summary>
internal enum OperatorStep
{
    /// <summary>A revision's Secret is there.</summary>
    RevisionStored,

    /// <summary>A RuntimeConfig's status says what is going to happen.</summary>
    StatusWritten,

    /// <summary>A node has a RuntimeNode, with or without a revision.</summary>
    NodeCreated,

    /// <summary>A node was told what it is to have.</summary>
    NodeTold,

    /// <summary>A node was told to give everything back.</summary>
    NodeReleased,

    /// <summary>A RuntimeNode that nobody needs any more is gone.</summary>
    NodeForgotten,

    /// <summary>The Secret of a revision that nobody needs any more is gone.</summary>
    RevisionDeleted,
}
