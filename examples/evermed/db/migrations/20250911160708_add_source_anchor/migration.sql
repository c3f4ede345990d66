-- CreateTable
CREATE TABLE "SourceAnchor" (
    "id" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "page" INTEGER NOT NULL,
    "snippet" TEXT NOT NULL,

    CONSTRAINT "SourceAnchor_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SourceAnchor_documentId_page_idx" ON "SourceAnchor"("documentId", "page");

-- AddForeignKey
ALTER TABLE "SourceAnchor" ADD CONSTRAINT "SourceAnchor_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE CASCADE ON UPDATE CASCADE;
