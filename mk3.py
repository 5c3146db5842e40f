exec(open('/tmp/rev/mk.py').read().split("one(st(good)")[0])
cm=b'begincodespacerange <00> <FF> endcodespacerange\n'+b''.join(b'1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange\n' for _ in range(300000))
objs={1:b'<</Type/Catalog/Pages 2 0 R>>',2:b'<</Type/Pages/Kids[3 0 R]/Count 1>>',
 3:b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>> >> >>',4:st(good+b' BT /F 9 Tf ('+b'A'*1000000+b') Tj ET'),5:F[:-2]+b'/ToUnicode 6 0 R>>',6:st(cm)}
pdf(objs,'cmap.pdf')
# array-of-refs filter, packed twice, as content? as ObjStm
import struct
inner=zlib.compressobj(9); parts=[inner.compress(b'1 0 2 40 <</Type/Catalog/Pages 2 0 R>>'+b' '*20)]
for _ in range(60): parts.append(inner.compress(b' '*10_000_000))
parts.append(inner.flush()); l1=b''.join(parts)
import base64
l2=l1.hex().encode() # hex then flate; 1.2MB raw
def objstm(name,filt,data,extra=b''):
    out=bytearray(b'%PDF-1.5\n'); o10=len(out)
    out+=b'10 0 obj\n<</Type/ObjStm/N 2/First 9/Filter'+filt+b'/Length %d>>stream\n'%len(data)+data+b'\nendstream\nendobj\n'
    out+=extra; ox=len(out)
    row=lambda t,a,b: struct.pack('>BIH',t,a,b)
    rows=row(0,0,65535)+row(2,10,0)+row(2,10,1)+b''.join(row(0,0,0) for _ in range(7))+row(1,o10,0)+row(1,ox,0)
    out+=b'11 0 obj\n<</Type/XRef/Size 12/W[1 4 2]/Root 1 0 R/Length %d>>stream\n'%len(rows)+rows+b'\nendstream\nendobj\nstartxref\n%d\n%%%%EOF'%ox
    open('/tmp/rev/'+name,'wb').write(out); print(name,len(out))
objstm('hexref.pdf',b'[/ASCIIHexDecode /FlateDecode]'+b' '*5000,l2)
# prev loop
objs={1:b'<</Type/Catalog/Pages 2 0 R>>',2:b'<</Type/Pages/Kids[3 0 R]/Count 1>>',3:b'<</Type/Page/Parent 3 0 R/Contents 4 0 R>>',4:st(good)}
pdf(objs,'parentloop.pdf')
pdf(objs,'prev.pdf',extra=b'/Prev 9')
