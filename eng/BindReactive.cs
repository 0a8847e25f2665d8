#:property PublishAot=false

// Makes a System.Reactive whose operators are called directly, for programs that are compiled beforehand. docs/adr/0025 says why.
//
//     dotnet run --file BindReactive.cs -- System.Reactive.dll OUT.dll
//
// Every operator goes through an interface with one implementation, `s_impl.Select<TSource, TResult>(source, selector)`. Here that
// becomes a call of the implementation: `callvirt IQueryLanguage::Select<…>` → `call QueryLanguage::Select<…>`. Both are five bytes, so
// that nothing moves. Where it finds nothing to change it fails: then this Rx is another one, and somebody has to look at it.
using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

const int MethodSpecToken = (int)TableIndex.MethodSpec << 24;

var image = File.ReadAllBytes(args[0]);
using var file = new PEReader(new MemoryStream([.. image]));
var metadata = file.GetMetadataReader();

var callers = TypeNamed("IQueryLanguage").GetMethods();
var implementations = TypeNamed("QueryLanguage").GetMethods().Where(IsVirtual).ToDictionary(SignatureOf);
var bound = BindMethods();
var calls = metadata.MethodDefinitions.Sum(BindCalls);
Console.WriteLine($"{calls} calls of {bound.Count} operators go to them directly.");
if (bound.Count == 0 || calls < bound.Count)
{
    Console.Error.WriteLine($"{args[0]}: this is not the System.Reactive that is known here. Publish with -p:BindReactive=false, or see docs/adr/0025.");
    return 1;
}

File.WriteAllBytes(args[1], image);
return 0;

TypeDefinition TypeNamed(string name) => metadata.TypeDefinitions
    .Select(metadata.GetTypeDefinition)
    .Single(type => metadata.StringComparer.Equals(type.Name, name) && metadata.StringComparer.Equals(type.Namespace, "System.Reactive.Linq"));

bool IsVirtual(MethodDefinitionHandle method) => metadata.GetMethodDefinition(method).Attributes.HasFlag(MethodAttributes.Virtual);

string SignatureOf(MethodDefinitionHandle handle)
{
    var method = metadata.GetMethodDefinition(handle);
    return $"{metadata.GetString(method.Name)} {Convert.ToHexString(metadata.GetBlobBytes(method.Signature))}";
}

// The instantiations of generic methods that callers name: of the interface, and of the class by itself.
HashSet<int> BindMethods()
{
    var start = file.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.MethodSpec);
    var rowLength = metadata.GetTableRowSize(TableIndex.MethodSpec);
    var isWide = Math.Max(metadata.GetTableRowCount(TableIndex.MethodDef), metadata.GetTableRowCount(TableIndex.MemberRef)) > 0x7FFF;
    var (interfaces, classes, tokens) = (callers.ToHashSet(), implementations.Values.ToHashSet(), new HashSet<int>());
    for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.MethodSpec); row++)
    {
        if (metadata.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row)).Method is not { Kind: HandleKind.MethodDefinition } named)
            continue;
        var method = (MethodDefinitionHandle)named;
        if (interfaces.Contains(method) && implementations.TryGetValue(SignatureOf(method), out var implementation))
            method = implementation;
        if (!classes.Contains(method))
            continue;

        // MethodSpec: Method[a coded index: the row, and a bit that is 0 for a definition] || Instantiation
        var coded = MetadataTokens.GetRowNumber(method) << 1;
        var place = image.AsSpan(start + (row - 1) * rowLength);
        if (isWide)
            BinaryPrimitives.WriteInt32LittleEndian(place, coded);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)coded);
        tokens.Add(MethodSpecToken | row);
    }

    return tokens;
}

int BindCalls(MethodDefinitionHandle handle)
{
    var address = metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
    if (address == 0)
        return 0;
    var section = file.PEHeaders.SectionHeaders[file.PEHeaders.GetContainingSectionIndex(address)];
    var header = address - section.VirtualAddress + section.PointerToRawData;

    // A tiny header is a byte; a fat one says in its second byte how many words it has.
    var begin = header + ((image[header] & 3) == 2 ? 1 : (image[header + 1] >> 4) * 4);
    var code = image.AsSpan(begin, file.GetMethodBody(address).GetILContent().Length);
    var count = 0;
    for (var i = 0; i < code.Length;)
    {
        var operation = Operations.At(code[i..]);
        var operand = code[(i + operation.Size)..];
        if (operation == OpCodes.Callvirt && bound.Contains(BinaryPrimitives.ReadInt32LittleEndian(operand)))
        {
            code[i] = (byte)OpCodes.Call.Value;
            count++;
        }

        i += operation.Size + Operations.LengthOfOperand(operation, operand);
    }

    return count;
}

internal static class Operations
{
    private static readonly Dictionary<short, OpCode> Known = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(operation => operation.Value);

    internal static OpCode At(ReadOnlySpan<byte> code) => Known[code[0] == 0xFE ? BinaryPrimitives.ReadInt16BigEndian(code) : code[0]];

    internal static int LengthOfOperand(OpCode operation, ReadOnlySpan<byte> operand) => operation.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BinaryPrimitives.ReadInt32LittleEndian(operand),
        _ => 4,
    };
}
