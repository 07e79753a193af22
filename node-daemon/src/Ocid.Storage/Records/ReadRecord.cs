namespace Ocid.Storage.Records;

/// <summary>Reads the record that the reader has gone into, to its end; null for one that cannot be used.</summary>
internal delegate TRecord? ReadRecord<TRecord>(ref RecordReader reader)
    where TRecord : class;
