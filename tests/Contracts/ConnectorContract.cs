namespace RxWormhole.Contracts;
public class X { }
