<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>AboutPage</name>
    <message>
        <source>What is new</source>
        <translation>새로운 점</translation>
    </message>
    <message>
        <source>Voicebot %1</source>
        <translation>Voicebot %1 버전</translation>
    </message>
    <message>
        <source>A voice assistant that works offline. Free software under the MIT licence.</source>
        <translation>오프라인으로 동작하는 음성 비서예요. MIT 라이선스의 자유 소프트웨어예요.</translation>
    </message>
    <message>
        <source>The window is drawn by Qt, under the LGPL, version 3: its libraries are files of their own, and you may put others in their place.</source>
        <translation>창은 LGPL 3판의 Qt가 그려요. Qt 라이브러리는 따로 된 파일이어서 다른 것으로 바꿔 넣을 수 있어요.</translation>
    </message>
    <message>
        <source>Open the licences' texts</source>
        <translation>라이선스 전문 열기</translation>
    </message>
    <message>
        <source>What is inside</source>
        <translation>들어 있는 것</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>The version before</source>
        <translation>이전 버전</translation>
    </message>
    <message>
        <source>%1, message %2</source>
        <translation>%1, %2번째 메시지</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2개 중 %1번째</translation>
    </message>
    <message>
        <source>The version after</source>
        <translation>다음 버전</translation>
    </message>
</context>
<context>
    <name>Adding</name>
    <message>
        <source>Ask about your own files, and hear the answer with the page on which it stands.</source>
        <translation>가지고 있는 파일에 대해 물어보고, 몇 쪽에 나오는지까지 답으로 들어 보세요.</translation>
    </message>
    <message>
        <source>Drop files and folders anywhere on this window, or choose them. They stay where they are.</source>
        <translation>파일이나 폴더를 이 창 아무 데나 끌어다 놓거나 골라 주세요. 원본은 그 자리에 그대로 있어요.</translation>
    </message>
    <message>
        <source>It works without a model and without a network: passages are found by their words. Drop files and folders anywhere on this window, or choose them. They stay where they are.</source>
        <translation>모델도 네트워크도 없이 작동해요. 구절을 낱말로 찾아요. 파일이나 폴더를 이 창 아무 데나 끌어다 놓거나 골라 주세요. 원본은 그 자리에 그대로 있어요.</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>파일 추가</translation>
    </message>
    <message>
        <source>Add files to %1</source>
        <translation>%1에 파일 추가</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>폴더 추가</translation>
    </message>
    <message>
        <source>Add a folder to %1</source>
        <translation>%1에 폴더 추가</translation>
    </message>
    <message>
        <source>New collection</source>
        <translation>새 모음</translation>
    </message>
    <message>
        <source>Nothing of them leaves this machine.</source>
        <translation>아무것도 이 컴퓨터 밖으로 나가지 않아요.</translation>
    </message>
    <message>
        <source>PDF, Word, PowerPoint, Excel, CSV, EPUB, HTML, Markdown and plain text</source>
        <translation>PDF, Word, PowerPoint, Excel, CSV, EPUB, HTML, Markdown, 일반 텍스트</translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>Voicebot: %1</source>
        <translation>Voicebot: %1</translation>
    </message>
    <message>
        <source>Stopped here: what is struck out was not heard</source>
        <translation>여기서 멈췄어요. 줄을 그은 부분은 들려드리지 못했어요</translation>
    </message>
    <message>
        <source>Say it again</source>
        <translation>다시 들려주기</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>답변 복사</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>다시 답하기</translation>
    </message>
    <message>
        <source>%1, message %2</source>
        <translation>%1, %2번째 메시지</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Look closer</source>
        <translation>자세히 보기</translation>
    </message>
    <message>
        <source>Close the warning</source>
        <translation>경고 닫기</translation>
    </message>
</context>
<context>
    <name>BlindTest</name>
    <message>
        <source>Pair %1 of %2</source>
        <translation>%2쌍 중 %1번째</translation>
    </message>
    <message>
        <source>Play A</source>
        <translation>A 재생</translation>
    </message>
    <message>
        <source>Play B</source>
        <translation>B 재생</translation>
    </message>
    <message>
        <source>Which is better?</source>
        <translation>어느 쪽이 더 좋은가요?</translation>
    </message>
    <message>
        <source>Play both, then choose</source>
        <translation>둘 다 들어 본 다음 골라 주세요</translation>
    </message>
    <message>
        <source>A is better</source>
        <translation>A가 더 좋아요</translation>
    </message>
    <message>
        <source>B is better</source>
        <translation>B가 더 좋아요</translation>
    </message>
    <message>
        <source>The same</source>
        <translation>똑같아요</translation>
    </message>
    <message>
        <source>Go on later</source>
        <translation>나중에 이어 하기</translation>
    </message>
</context>
<context>
    <name>BlockView</name>
    <message>
        <source>%1, message %2, part %3</source>
        <translation>%1, %2번째 메시지의 %3번째 부분</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>코드 복사</translation>
    </message>
</context>
<context>
    <name>BrainStep</name>
    <message>
        <source>A brain by one click</source>
        <translation>클릭 한 번으로 받는 두뇌</translation>
    </message>
    <message>
        <source>A small model is downloaded once, and then answers on this machine, without a network.</source>
        <translation>작은 모델을 한 번만 내려받으면 그다음부터는 네트워크 없이 이 컴퓨터에서 대답해요.</translation>
    </message>
    <message>
        <source>With a key</source>
        <translation>키가 있다면</translation>
    </message>
</context>
<context>
    <name>Choosing</name>
    <message>
        <source>As in the settings</source>
        <translation>설정에 있는 대로</translation>
    </message>
    <message>
        <source>English</source>
        <translation>영어</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>한국어</translation>
    </message>
    <message>
        <source>Drop sound or films anywhere on this window, or choose them. They stay where they are.</source>
        <translation>소리나 동영상 파일을 이 창에 끌어다 놓거나 골라 주세요. 파일은 그 자리에 그대로 있어요.</translation>
    </message>
    <message>
        <source>Recogniser</source>
        <translation>음성 인식기</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>The sound is sent to this service.</source>
        <translation>소리가 이 서비스로 전송돼요.</translation>
    </message>
    <message>
        <source>Transcribe %1 recordings</source>
        <translation>녹음 %1개 받아쓰기</translation>
    </message>
    <message>
        <source>Transcribe</source>
        <translation>받아쓰기</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>파일 고르기</translation>
    </message>
</context>
<context>
    <name>Citations</name>
    <message>
        <source>Source %1: %2, message %3</source>
        <translation>출처 %1: %2, %3번째 메시지</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>접기</translation>
    </message>
    <message>
        <source>%1 more looked at</source>
        <translation>더 살펴본 곳 %1군데</translation>
    </message>
    <message>
        <source>%1 looked at, none cited</source>
        <translation>%1군데를 살펴봤고 인용은 없어요</translation>
    </message>
    <message>
        <source>%1, message %2</source>
        <translation>%1, %2번째 메시지</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>코드 복사</translation>
    </message>
</context>
<context>
    <name>CollectionRow</name>
    <message>
        <source>%1 waiting</source>
        <translation>%1개 대기 중</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 could not be read</source>
        <translation>읽지 못함: %1</translation>
    </message>
    <message>
        <source>On in the conversation: %1</source>
        <translation>대화에서 켜기: %1</translation>
    </message>
    <message>
        <source>Show its files</source>
        <translation>파일 보기</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>%1 더 보기</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>Remove the collection</source>
        <translation>모음 지우기</translation>
    </message>
</context>
<context>
    <name>Collections</name>
    <message>
        <source>Collections</source>
        <translation>문서 모음</translation>
    </message>
    <message>
        <source>Answers rest on the one that is switched on.</source>
        <translation>켜 둔 모음을 바탕으로 대답해요.</translation>
    </message>
    <message>
        <source>Remove “%1”?</source>
        <translation>‘%1’을(를) 지울까요?</translation>
    </message>
    <message>
        <source>What was read of its files is forgotten. The files themselves stay where they are.</source>
        <translation>파일에서 읽어 둔 내용만 지워져요. 파일 자체는 그 자리에 그대로 있어요.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>그대로 두기</translation>
    </message>
</context>
<context>
    <name>Comparing</name>
    <message>
        <source>%1: sends to a service</source>
        <translation>%1: 서비스로 보내요</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>There is none that can be used yet: the settings say what each needs</source>
        <translation>아직 쓸 수 있는 것이 없어요. 각각 무엇이 필요한지는 설정에 나와 있어요</translation>
    </message>
    <message>
        <source>Use %1?</source>
        <translation>%1을(를) 쓸까요?</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>쓰기</translation>
    </message>
    <message>
        <source>Stay on this machine</source>
        <translation>이 컴퓨터에 머물기</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Ask anything</source>
        <translation>무엇이든 물어보세요</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>보내기</translation>
    </message>
    <message>
        <source>Getting %1 ready…</source>
        <translation>%1 준비 중…</translation>
    </message>
    <message>
        <source>The microphone is armed: nothing is kept until you talk</source>
        <translation>마이크가 대기 중이에요. 말하기 전에는 아무것도 저장하지 않아요</translation>
    </message>
    <message>
        <source>The microphone is listening</source>
        <translation>마이크가 듣고 있어요</translation>
    </message>
    <message>
        <source>The microphone is closed</source>
        <translation>마이크가 꺼져 있어요</translation>
    </message>
</context>
<context>
    <name>ConversationRow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>%1 더 보기</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>고정 해제</translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>맨 위에 고정</translation>
    </message>
    <message>
        <source>Export as Markdown</source>
        <translation>Markdown으로 내보내기</translation>
    </message>
    <message>
        <source>Export as JSON</source>
        <translation>JSON으로 내보내기</translation>
    </message>
    <message>
        <source>Export with the recordings</source>
        <translation>녹음과 함께 내보내기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
</context>
<context>
    <name>CostWords</name>
    <message>
        <source>%1 tokens read</source>
        <translation>읽은 토큰 %1개</translation>
    </message>
    <message>
        <source>%1 tokens read again</source>
        <translation>다시 읽은 토큰 %1개</translation>
    </message>
    <message>
        <source>%1 tokens written</source>
        <translation>쓴 토큰 %1개</translation>
    </message>
    <message>
        <source>%1 s of sound</source>
        <translation>소리 %1초</translation>
    </message>
    <message>
        <source>%1 characters</source>
        <translation>%1자</translation>
    </message>
    <message>
        <source>%1 costs %2 for a million tokens read and %3 for a million written; listed on %4.</source>
        <translation>%1: 읽는 토큰 100만 개에 %2, 쓰는 토큰 100만 개에 %3예요(%4 가격표).</translation>
    </message>
    <message>
        <source>%1 costs %2 a minute; listed on %4.</source>
        <translation>%1: 1분에 %2예요(%4 가격표).</translation>
    </message>
    <message>
        <source>%1 costs %2 for 1,000 characters; listed on %4.</source>
        <translation>%1: 1,000자에 %2예요(%4 가격표).</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>no price known</source>
        <translation>가격을 몰라요</translation>
    </message>
    <message>
        <source>What %1 charges is not known.</source>
        <translation>%1에서 얼마를 받는지는 알 수 없어요.</translation>
    </message>
    <message>
        <source>It costs money; no price of %1 is known, so no cap can stop it in time.</source>
        <translation>요금이 들어요. %1의 가격을 몰라서 한도로 제때 멈출 수 없어요.</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>DocumentChip</name>
    <message>
        <source>No documents</source>
        <translation>문서 없음</translation>
    </message>
    <message>
        <source>Only %1</source>
        <translation>%1만</translation>
    </message>
    <message>
        <source>Answers only from: %1</source>
        <translation>이 문서에서만 대답: %1</translation>
    </message>
    <message>
        <source>Documents: %1</source>
        <translation>문서: %1</translation>
    </message>
    <message>
        <source>Chooses the documents that answers rest on</source>
        <translation>대답의 바탕이 될 문서를 골라요</translation>
    </message>
</context>
<context>
    <name>DocumentMenu</name>
    <message>
        <source>Documents in the conversation</source>
        <translation>대화에서 쓰는 문서</translation>
    </message>
    <message>
        <source>No documents</source>
        <translation>문서 없음</translation>
    </message>
    <message>
        <source>Only from my documents</source>
        <translation>내 문서에서만 대답</translation>
    </message>
    <message>
        <source>Manage…</source>
        <translation>관리…</translation>
    </message>
</context>
<context>
    <name>DocumentWords</name>
    <message>
        <source>1 file</source>
        <translation>파일 1개</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>파일 %1개</translation>
    </message>
    <message>
        <source>1 passage</source>
        <translation>구절 1개</translation>
    </message>
    <message>
        <source>%1 passages</source>
        <translation>구절 %1개</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1쪽</translation>
    </message>
    <message>
        <source>%1 pages</source>
        <translation>%1쪽</translation>
    </message>
    <message>
        <source>waits to be read</source>
        <translation>차례를 기다려요</translation>
    </message>
    <message>
        <source>is being read…</source>
        <translation>읽는 중…</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>읽지 못했어요</translation>
    </message>
    <message>
        <source>has no text</source>
        <translation>글이 없어요</translation>
    </message>
    <message>
        <source>found by its words, soon by its meaning</source>
        <translation>낱말로 찾을 수 있고, 곧 뜻으로도 찾을 수 있어요</translation>
    </message>
    <message>
        <source>found by its words and its meaning</source>
        <translation>낱말과 뜻으로 찾을 수 있어요</translation>
    </message>
    <message>
        <source>found by its words</source>
        <translation>낱말로 찾을 수 있어요</translation>
    </message>
    <message>
        <source>Passages are sent to %1 with the question.</source>
        <translation>찾은 구절이 질문과 함께 %1에 보내져요.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>My documents</source>
        <translation>내 문서</translation>
    </message>
</context>
<context>
    <name>DocumentsPage</name>
    <message>
        <source>Documents</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>Back to the conversation</source>
        <translation>대화로 돌아가기</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>찾은 것</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Search in %1</source>
        <translation>%1에서 찾기</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>찾는 중…</translation>
    </message>
    <message>
        <source>Nothing about that was found.</source>
        <translation>그에 관한 것은 찾지 못했어요.</translation>
    </message>
</context>
<context>
    <name>DownloadWords</name>
    <message>
        <source>Waits for the download before it</source>
        <translation>앞의 내려받기를 기다리는 중</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>확인하는 중</translation>
    </message>
    <message>
        <source>Paused at %1 %</source>
        <translation>%1%에서 멈춤</translation>
    </message>
    <message>
        <source>This file is damaged: download it again</source>
        <translation>파일이 손상됐어요. 다시 내려받아 주세요</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>초당 %1</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>%1초 남음</translation>
    </message>
</context>
<context>
    <name>DropSheet</name>
    <message>
        <source>Drop documents to ask about them, recordings to transcribe them</source>
        <translation>문서를 놓으면 물어볼 수 있고, 녹음을 놓으면 받아써요</translation>
    </message>
</context>
<context>
    <name>EmbeddingSection</name>
    <message>
        <source>A model on this machine</source>
        <translation>이 컴퓨터의 모델</translation>
    </message>
    <message>
        <source>Off: by words alone</source>
        <translation>끄기: 낱말로만</translation>
    </message>
    <message>
        <source>A service: OpenAI</source>
        <translation>서비스: OpenAI</translation>
    </message>
    <message>
        <source>Searching by meaning</source>
        <translation>뜻으로 찾기</translation>
    </message>
    <message>
        <source>Words are searched for in any case. By meaning, a passage is found as well where it says the same in other words, or in another language.</source>
        <translation>낱말로는 언제나 찾아요. 뜻으로도 찾으면, 다른 말이나 다른 언어로 같은 이야기를 하는 구절도 찾아요.</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>뜻</translation>
    </message>
    <message>
        <source>Without a model, passages are found by their words</source>
        <translation>모델이 없으면 구절을 낱말로 찾아요</translation>
    </message>
    <message>
        <source>All passages of your documents are sent to %1 once, and each question.</source>
        <translation>문서의 모든 구절이 한 번, 질문은 그때마다 %1에 보내져요.</translation>
    </message>
    <message>
        <source>Embedding model</source>
        <translation>임베딩 모델</translation>
    </message>
    <message>
        <source>Embedding model&apos;s address</source>
        <translation>임베딩 모델의 주소</translation>
    </message>
    <message>
        <source>Speaks OpenAI&apos;s protocol; empty for OpenAI</source>
        <translation>OpenAI 방식으로 통하는 서버. 비우면 OpenAI</translation>
    </message>
    <message>
        <source>Use %1?</source>
        <translation>%1을(를) 쓸까요?</translation>
    </message>
    <message>
        <source>All passages of your documents are sent to %1 over the network once, and each question. It costs money, and needs a key.</source>
        <translation>문서의 모든 구절이 한 번, 질문은 그때마다 네트워크를 통해 %1에 보내져요. 요금이 들고 키가 필요해요.</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>쓰기</translation>
    </message>
    <message>
        <source>Stay on this machine</source>
        <translation>이 컴퓨터에 머물기</translation>
    </message>
</context>
<context>
    <name>Empty</name>
    <message>
        <source>Hold Space and speak</source>
        <translation>스페이스 키를 누른 채 말해 보세요</translation>
    </message>
    <message>
        <source>Or tap it to begin and again to finish. Typing works too.</source>
        <translation>한 번 눌러 시작하고 다시 눌러 끝낼 수도 있어요. 글로 써도 돼요.</translation>
    </message>
    <message>
        <source>What time is it in Seoul?</source>
        <translation>서울은 지금 몇 시야?</translation>
    </message>
    <message>
        <source>Set a timer for five minutes</source>
        <translation>타이머 5분 맞춰 줘</translation>
    </message>
    <message>
        <source>What can you do?</source>
        <translation>뭘 할 수 있어?</translation>
    </message>
</context>
<context>
    <name>EngineList</name>
    <message>
        <source>Get a model</source>
        <translation>모델 받기</translation>
    </message>
    <message>
        <source>Get a voice</source>
        <translation>음성 받기</translation>
    </message>
    <message>
        <source>Enter a key</source>
        <translation>키 넣기</translation>
    </message>
    <message>
        <source>The best on this machine</source>
        <translation>이 컴퓨터에서 가장 나은 것</translation>
    </message>
    <message>
        <source>Takes what is ready, and never a service</source>
        <translation>준비된 것을 쓰고, 외부 서비스는 쓰지 않아요</translation>
    </message>
    <message>
        <source>Takes what is ready, and never a service. Now: %1</source>
        <translation>준비된 것을 쓰고, 외부 서비스는 쓰지 않아요. 지금: %1</translation>
    </message>
    <message>
        <source>Use %1?</source>
        <translation>%1을(를) 쓸까요?</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>쓸게요</translation>
    </message>
    <message>
        <source>Stay on this machine</source>
        <translation>이 컴퓨터에 머물기</translation>
    </message>
</context>
<context>
    <name>EngineMenu</name>
    <message>
        <source>Engines</source>
        <translation>엔진</translation>
    </message>
    <message>
        <source>Recognise with %1</source>
        <translation>%1(으)로 다시 인식</translation>
    </message>
    <message>
        <source>Answer with %1</source>
        <translation>%1(으)로 다시 답하기</translation>
    </message>
</context>
<context>
    <name>EngineRow</name>
    <message>
        <source>sends to a service</source>
        <translation>외부 서비스로 보냄</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>getting ready…</source>
        <translation>준비 중…</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>쓰기</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 쓰기</translation>
    </message>
    <message>
        <source>Try again: %1</source>
        <translation>다시 시도: %1</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>EngineWords</name>
    <message>
        <source>The built-in assistant</source>
        <translation>내장 비서</translation>
    </message>
    <message>
        <source>A model on this machine</source>
        <translation>이 컴퓨터의 모델</translation>
    </message>
    <message>
        <source>The system&apos;s voice</source>
        <translation>시스템 음성</translation>
    </message>
    <message>
        <source>Microsoft Edge&apos;s voices</source>
        <translation>Microsoft Edge 음성</translation>
    </message>
    <message>
        <source>English only; built in, quick, and often wrong</source>
        <translation>영어 전용. 내장되어 빠르지만 자주 틀려요</translation>
    </message>
    <message>
        <source>English, Korean and many more, on this machine; needs a model</source>
        <translation>영어, 한국어와 여러 언어를 이 컴퓨터에서 알아들어요. 모델이 필요해요</translation>
    </message>
    <message>
        <source>Whisper&apos;s models in less memory, on this machine; needs a model</source>
        <translation>Whisper 모델을 더 적은 메모리로 이 컴퓨터에서 써요. 모델이 필요해요</translation>
    </message>
    <message>
        <source>Google&apos;s recogniser, for many languages; no key, but a network</source>
        <translation>여러 언어를 알아듣는 Google 음성 인식. 키는 없어도 되지만 네트워크가 필요해요</translation>
    </message>
    <message>
        <source>OpenAI&apos;s recogniser, or a server that speaks its protocol; needs a key</source>
        <translation>OpenAI 음성 인식, 또는 같은 방식으로 통하는 서버. 키가 필요해요</translation>
    </message>
    <message>
        <source>A small model that is downloaded once and answers without a network</source>
        <translation>한 번 내려받으면 네트워크 없이 대답하는 작은 모델</translation>
    </message>
    <message>
        <source>OpenAI&apos;s models, or a server that speaks their protocol; needs a key</source>
        <translation>OpenAI 모델, 또는 같은 방식으로 통하는 서버. 키가 필요해요</translation>
    </message>
    <message>
        <source>Natural voices in many languages; no key, but a network</source>
        <translation>여러 언어의 자연스러운 음성. 키는 없어도 되지만 네트워크가 필요해요</translation>
    </message>
    <message>
        <source>Very natural voices in many languages; needs a key, and is paid for</source>
        <translation>여러 언어의 아주 자연스러운 음성. 키가 필요하고 요금이 들어요</translation>
    </message>
    <message>
        <source>OpenAI&apos;s voices, or a server that speaks their protocol; needs a key</source>
        <translation>OpenAI 음성, 또는 같은 방식으로 통하는 서버. 키가 필요해요</translation>
    </message>
    <message>
        <source>What you say is sent to %1 over the network, as sound.</source>
        <translation>하시는 말씀이 소리 그대로 네트워크를 통해 %1에 보내져요.</translation>
    </message>
    <message>
        <source>The conversation is sent to %1 over the network, as text.</source>
        <translation>대화 내용이 글로 네트워크를 통해 %1에 보내져요.</translation>
    </message>
    <message>
        <source>What the assistant says is sent to %1 over the network, as text.</source>
        <translation>비서가 하는 말이 글로 네트워크를 통해 %1에 보내져요.</translation>
    </message>
    <message>
        <source>The server at %1, which speaks OpenAI&apos;s protocol</source>
        <translation>OpenAI와 같은 방식으로 통하는 서버(%1)</translation>
    </message>
    <message>
        <source>Time, dates, sums, units and timers; no model, no network</source>
        <translation>시각, 날짜, 계산, 단위, 타이머. 모델도 네트워크도 필요 없어요</translation>
    </message>
    <message>
        <source>Built in, English and Korean, at once</source>
        <translation>내장. 영어와 한국어를 바로 말해요</translation>
    </message>
    <message>
        <source>Natural voices on this machine; each is downloaded once</source>
        <translation>이 컴퓨터에서 말하는 자연스러운 음성. 음성마다 한 번씩 내려받아요</translation>
    </message>
    <message>
        <source>Google&apos;s voices; no key, but a network</source>
        <translation>Google의 음성. 키는 없어도 되지만 네트워크가 필요해요</translation>
    </message>
</context>
<context>
    <name>Exports</name>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy the whole text</source>
        <translation>전체 글 복사</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>Subtitles (SRT)</source>
        <translation>자막 (SRT)</translation>
    </message>
    <message>
        <source>Subtitles (WebVTT)</source>
        <translation>자막 (WebVTT)</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>%1, message %2</source>
        <translation>%1, %2번째 메시지</translation>
    </message>
    <message>
        <source>With another engine</source>
        <translation>다른 엔진으로</translation>
    </message>
</context>
<context>
    <name>FileChooser</name>
    <message>
        <source>Choose recordings</source>
        <translation>녹음 파일 고르기</translation>
    </message>
    <message>
        <source>Sound and films</source>
        <translation>소리와 동영상</translation>
    </message>
    <message>
        <source>Choose a list</source>
        <translation>목록 고르기</translation>
    </message>
    <message>
        <source>Choose documents</source>
        <translation>문서 고르기</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>Lists and texts</source>
        <translation>목록과 글</translation>
    </message>
</context>
<context>
    <name>FirstMinute</name>
    <message>
        <source>Your microphone</source>
        <translation>마이크</translation>
    </message>
    <message>
        <source>Its voice</source>
        <translation>목소리</translation>
    </message>
    <message>
        <source>Its brain</source>
        <translation>두뇌</translation>
    </message>
    <message>
        <source>Say something: the bar should move.</source>
        <translation>아무 말이나 해 보세요. 막대가 움직여야 해요.</translation>
    </message>
    <message>
        <source>Press play, and choose what you like to hear.</source>
        <translation>재생을 눌러 들어 보고 마음에 드는 목소리를 고르세요.</translation>
    </message>
    <message>
        <source>The built-in assistant works at once, without a network. More is one click away.</source>
        <translation>내장 비서는 네트워크 없이 바로 쓸 수 있어요. 더 나은 것도 한 번만 누르면 돼요.</translation>
    </message>
    <message>
        <source>The first minute</source>
        <translation>처음 1분</translation>
    </message>
    <message>
        <source>Step %1 of 3</source>
        <translation>3단계 중 %1단계</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>마침</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>건너뛰기</translation>
    </message>
    <message>
        <source>Skip: %1</source>
        <translation>건너뛰기: %1</translation>
    </message>
</context>
<context>
    <name>FolderChooser</name>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 고르기</translation>
    </message>
</context>
<context>
    <name>FoundRow</name>
    <message>
        <source>Open %1, result %2</source>
        <translation>%1 열기, %2번째 결과</translation>
    </message>
    <message>
        <source>Show the page</source>
        <translation>그 쪽 보기</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Conversations</source>
        <translation>대화 목록</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>새 대화</translation>
    </message>
    <message>
        <source>%1 gets ready…</source>
        <translation>%1 준비 중…</translation>
    </message>
    <message>
        <source>Answers: %1</source>
        <translation>대답하는 엔진: %1</translation>
    </message>
    <message>
        <source>Hands-free</source>
        <translation>핸즈프리</translation>
    </message>
    <message>
        <source>Unmute the microphone</source>
        <translation>마이크 음소거 해제</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>마이크 음소거</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>Transcribe recordings</source>
        <translation>녹음 받아쓰기</translation>
    </message>
    <message>
        <source>Lab: compare recognisers and voices</source>
        <translation>실험실: 음성 인식기와 목소리 비교</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
</context>
<context>
    <name>HearingPage</name>
    <message>
        <source>Recogniser</source>
        <translation>음성 인식</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>A short list hears better than a guess among a hundred. The one that was heard picks the voice that answers.</source>
        <translation>백 가지 언어에서 짐작하는 것보다 몇 가지만 정해 두면 더 잘 알아들어요. 들은 언어에 맞는 목소리로 대답해요.</translation>
    </message>
    <message>
        <source>I speak</source>
        <translation>내가 쓰는 말</translation>
    </message>
    <message>
        <source>Languages that you speak</source>
        <translation>내가 쓰는 언어</translation>
    </message>
    <message>
        <source>Both, English first</source>
        <translation>영어, 한국어 순</translation>
    </message>
    <message>
        <source>Both, Korean first</source>
        <translation>한국어, 영어 순</translation>
    </message>
    <message>
        <source>English only</source>
        <translation>영어만</translation>
    </message>
    <message>
        <source>Korean only</source>
        <translation>한국어만</translation>
    </message>
    <message>
        <source>Language codes</source>
        <translation>언어 코드</translation>
    </message>
    <message>
        <source>Up to eight, the likeliest first</source>
        <translation>여덟 개까지, 자주 쓰는 것부터</translation>
    </message>
    <message>
        <source>Words appear while you speak</source>
        <translation>말하는 동안 글자가 나타나기</translation>
    </message>
    <message>
        <source>Where the recogniser runs on this machine</source>
        <translation>이 컴퓨터에서 인식할 때만 돼요</translation>
    </message>
    <message>
        <source>A server of your own</source>
        <translation>직접 운영하는 서버</translation>
    </message>
    <message>
        <source>Recogniser&apos;s address</source>
        <translation>음성 인식 서버 주소</translation>
    </message>
    <message>
        <source>Speaks OpenAI&apos;s protocol; empty for OpenAI</source>
        <translation>OpenAI 방식으로 통하는 서버. 비우면 OpenAI</translation>
    </message>
    <message>
        <source>Recogniser&apos;s model</source>
        <translation>음성 인식 모델</translation>
    </message>
</context>
<context>
    <name>IndexProgress</name>
    <message>
        <source>Paused</source>
        <translation>멈춰 있어요</translation>
    </message>
    <message>
        <source>Learning what the passages mean</source>
        <translation>구절의 뜻을 익히는 중</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 읽는 중</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>이어서 하기</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Go on reading</source>
        <translation>계속 읽기</translation>
    </message>
    <message>
        <source>Pause reading</source>
        <translation>읽기 멈추기</translation>
    </message>
    <message>
        <source>Progress of reading</source>
        <translation>읽기 진행</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1개</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
    <message>
        <source>Everything is found by its words already.</source>
        <translation>낱말로는 이미 모두 찾을 수 있어요.</translation>
    </message>
    <message>
        <source>What is read can be asked about already. It gives way while you talk.</source>
        <translation>읽은 것은 벌써 물어볼 수 있어요. 이야기하시는 동안에는 자리를 비켜요.</translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>A key is kept in the keyring</source>
        <translation>키가 키링에 보관되어 있어요</translation>
    </message>
    <message>
        <source>A key was found in %1; it stands above the keyring</source>
        <translation>%1에서 키를 찾았어요. 키링보다 먼저 쓰여요</translation>
    </message>
    <message>
        <source>No key yet</source>
        <translation>아직 키가 없어요</translation>
    </message>
    <message>
        <source>Key for %1</source>
        <translation>%1 키</translation>
    </message>
    <message>
        <source>Another key</source>
        <translation>다른 키</translation>
    </message>
    <message>
        <source>Paste the key here</source>
        <translation>여기에 키를 붙여 넣으세요</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>보관</translation>
    </message>
    <message>
        <source>Keep the key for %1</source>
        <translation>%1 키 보관</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Remove the key for %1</source>
        <translation>%1 키 지우기</translation>
    </message>
</context>
<context>
    <name>KeyTest</name>
    <message>
        <source>Test my talk key</source>
        <translation>말하기 키 시험하기</translation>
    </message>
    <message>
        <source>Press Space here, or %1 anywhere.</source>
        <translation>여기서는 스페이스 키를, 다른 곳에서는 %1 키를 눌러 보세요.</translation>
    </message>
    <message>
        <source>Press Space here. To talk while another program has the focus, choose a key.</source>
        <translation>여기서 스페이스 키를 눌러 보세요. 다른 프로그램을 쓰면서 말하려면 키를 정해 주세요.</translation>
    </message>
    <message>
        <source>Key for everywhere</source>
        <translation>어디서나 쓸 키</translation>
    </message>
    <message>
        <source>F9, or Ctrl+Alt+Space</source>
        <translation>F9 또는 Ctrl+Alt+Space</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>사용</translation>
    </message>
    <message>
        <source>What arrived</source>
        <translation>들어온 키</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>A key lies in the system&apos;s keyring and nowhere else, and no screen shows it again. It is used only by an engine that you choose.</source>
        <translation>키는 시스템 키링에만 보관되고 화면에 다시 보이지 않아요. 직접 고른 엔진만 키를 써요.</translation>
    </message>
</context>
<context>
    <name>LabPage</name>
    <message>
        <source>Lab</source>
        <translation>실험실</translation>
    </message>
    <message>
        <source>Back to the conversation</source>
        <translation>대화로 돌아가기</translation>
    </message>
    <message>
        <source>Word by word</source>
        <translation>낱말별 결과</translation>
    </message>
    <message>
        <source>−struck out: it is missing. +underlined: it was added. Both with an arrow: one was heard as the other.</source>
        <translation>−줄이 그어진 말은 빠졌어요. +밑줄이 있는 말은 없던 말이에요. 화살표로 이어진 말은 다르게 들은 말이에요.</translation>
    </message>
</context>
<context>
    <name>LabWords</name>
    <message>
        <source>Recognisers</source>
        <translation>음성 인식기</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>목소리</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>왕복</translation>
    </message>
    <message>
        <source>WER (words)</source>
        <translation>WER (낱말)</translation>
    </message>
    <message>
        <source>CER (letters)</source>
        <translation>CER (글자)</translation>
    </message>
    <message>
        <source>Real-time factor</source>
        <translation>실시간 비율</translation>
    </message>
    <message>
        <source>First words after</source>
        <translation>첫 낱말까지</translation>
    </message>
    <message>
        <source>Last words after</source>
        <translation>마지막까지</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>First sound after</source>
        <translation>첫 소리까지</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>음량</translation>
    </message>
    <message>
        <source>Clipped</source>
        <translation>소리 깨짐</translation>
    </message>
    <message>
        <source>Silence before</source>
        <translation>앞쪽 침묵</translation>
    </message>
    <message>
        <source>Some noise (20 dB)</source>
        <translation>잡음 조금 (20 dB)</translation>
    </message>
    <message>
        <source>Much noise (10 dB)</source>
        <translation>잡음 많이 (10 dB)</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>전화</translation>
    </message>
    <message>
        <source>Spoken faster</source>
        <translation>빠른 말</translation>
    </message>
    <message>
        <source>Overdriven</source>
        <translation>소리 깨짐</translation>
    </message>
    <message>
        <source>The clips are sent to %1 over the network, as sound.</source>
        <translation>녹음이 네트워크를 통해 %1에 소리로 전송돼요.</translation>
    </message>
    <message>
        <source>The texts are sent to %1 over the network.</source>
        <translation>글이 네트워크를 통해 %1에 전송돼요.</translation>
    </message>
</context>
<context>
    <name>LocalServer</name>
    <message>
        <source>It does not answer any more. Start it again, or choose another engine</source>
        <translation>이제 응답하지 않아요. 다시 켜거나 다른 엔진을 골라 주세요</translation>
    </message>
    <message>
        <source>Models of %1</source>
        <translation>%1의 모델</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2개 중 %1번째</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>쓰기</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 쓰기</translation>
    </message>
</context>
<context>
    <name>LocalServers</name>
    <message>
        <source>Servers on this machine</source>
        <translation>이 컴퓨터의 서버</translation>
    </message>
    <message>
        <source>Looking for Ollama, LM Studio, llama.cpp and vLLM…</source>
        <translation>Ollama, LM Studio, llama.cpp, vLLM을 찾는 중…</translation>
    </message>
    <message>
        <source>No server was found. Start Ollama, LM Studio, llama.cpp or vLLM, then look again: nothing you say leaves this machine.</source>
        <translation>서버를 찾지 못했어요. Ollama, LM Studio, llama.cpp, vLLM 중 하나를 켜고 다시 찾아 보세요. 하시는 말씀이 컴퓨터 밖으로 나가지 않아요.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 찾기</translation>
    </message>
    <message>
        <source>Look again for servers</source>
        <translation>서버 다시 찾기</translation>
    </message>
</context>
<context>
    <name>LooksPage</name>
    <message>
        <source>When the computer starts</source>
        <translation>컴퓨터를 켤 때</translation>
    </message>
    <message>
        <source>Start Voicebot too</source>
        <translation>Voicebot도 시작하기</translation>
    </message>
    <message>
        <source>Quietly, in the tray, where the desktop has one</source>
        <translation>데스크톱에 트레이가 있으면 트레이에서 조용히 시작해요</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>모양</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Language of the screen</source>
        <translation>화면 언어</translation>
    </message>
    <message>
        <source>System&apos;s</source>
        <translation>시스템 언어</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>글자 크기</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>움직임 줄이기</translation>
    </message>
    <message>
        <source>Nothing moves when it changes</source>
        <translation>바뀔 때 움직이지 않아요</translation>
    </message>
    <message>
        <source>When the window is closed</source>
        <translation>창을 닫으면</translation>
    </message>
    <message>
        <source>Stay in the tray</source>
        <translation>트레이에 남기</translation>
    </message>
    <message>
        <source>A small bar stays on top</source>
        <translation>작은 막대를 맨 위에 두기</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>“%1” was deleted</source>
        <translation>“%1” 대화를 삭제했어요</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>%1에 내보냈어요</translation>
    </message>
    <message>
        <source>%1 is not on this machine: download it first</source>
        <translation>이 컴퓨터에 있는 파일만 받아 적을 수 있어요. 먼저 내려받아 주세요: %1</translation>
    </message>
    <message>
        <source>There is nothing to read in it</source>
        <translation>그 안에 읽을 것이 없어요</translation>
    </message>
    <message>
        <source>%1 in “%2”</source>
        <translation>‘%2’에 %1</translation>
    </message>
    <message>
        <source>%1 cannot be opened: it was moved or deleted, or no program opens it</source>
        <translation>%1을(를) 열 수 없어요. 옮겨졌거나 지워졌거나, 여는 프로그램이 없어요</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사했어요</translation>
    </message>
    <message>
        <source>The microphone is muted</source>
        <translation>마이크가 음소거되어 있어요</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>음소거 해제</translation>
    </message>
</context>
<context>
    <name>MeaningOffer</name>
    <message>
        <source>Search by meaning too</source>
        <translation>뜻으로도 찾기</translation>
    </message>
    <message>
        <source>Passages are found by their words. With a model they are found as well where other words say the same: “car” finds “vehicle”. It runs on this machine.</source>
        <translation>지금은 구절을 낱말로 찾아요. 모델이 있으면 다른 말로 같은 이야기를 하는 곳도 찾아요. ‘차’로 ‘자동차’를 찾는 식이에요. 이 컴퓨터에서 돌아가요.</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Conversation</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>맨 아래로</translation>
    </message>
</context>
<context>
    <name>Meter</name>
    <message>
        <source>silent</source>
        <translation>조용함</translation>
    </message>
    <message>
        <source>too loud</source>
        <translation>너무 큼</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1데시벨</translation>
    </message>
</context>
<context>
    <name>MicDoctor</name>
    <message>
        <source>Mic Doctor</source>
        <translation>마이크 진단</translation>
    </message>
    <message>
        <source>Looks at the device, its permission, the level and the playback. It takes a second.</source>
        <translation>장치와 권한, 소리 크기, 재생을 살펴봐요. 1초쯤 걸려요.</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>살펴보는 중</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>살펴보는 중…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 찾기</translation>
    </message>
    <message>
        <source>Look again at the sound</source>
        <translation>소리 다시 살펴보기</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>보고서 복사</translation>
    </message>
</context>
<context>
    <name>MicrophoneSection</name>
    <message>
        <source>Microphone</source>
        <translation>마이크</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>시스템 설정대로</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>The microphone is closed</source>
        <translation>마이크가 꺼져 있어요</translation>
    </message>
    <message>
        <source>It should move when you speak</source>
        <translation>말하면 움직여야 해요</translation>
    </message>
    <message>
        <source>Microphone level</source>
        <translation>마이크 소리 크기</translation>
    </message>
    <message>
        <source>Hear yourself</source>
        <translation>내 목소리 듣기</translation>
    </message>
    <message>
        <source>Speak now: three seconds are recorded</source>
        <translation>지금 말해 보세요. 3초 동안 녹음해요</translation>
    </message>
    <message>
        <source>This is how you sound</source>
        <translation>이렇게 들려요</translation>
    </message>
    <message>
        <source>Three seconds, played back; nothing is kept</source>
        <translation>3초 동안 녹음해 들려드려요. 남기지 않아요</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>해 보기</translation>
    </message>
</context>
<context>
    <name>ModelOffer</name>
    <message>
        <source>many languages</source>
        <translation>여러 언어</translation>
    </message>
    <message>
        <source>English</source>
        <translation>영어</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>한국어</translation>
    </message>
    <message>
        <source>good at Korean: %1</source>
        <translation>한국어를 잘해요: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>recommended here</source>
        <translation>이 컴퓨터에 권장</translation>
    </message>
    <message>
        <source>larger than the free memory</source>
        <translation>남은 메모리보다 큼</translation>
    </message>
    <message>
        <source>%1 to download</source>
        <translation>내려받기 %1</translation>
    </message>
    <message>
        <source>%1 of memory</source>
        <translation>메모리 %1</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>%1; it is used when it is here</source>
        <translation>%1; 다 받으면 바로 써요</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>쓰기</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>이어서 하기</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Download and use</source>
        <translation>내려받아 쓰기</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>그만두기</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>멈추기</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>설치됨</translation>
    </message>
    <message>
        <source>many languages</source>
        <translation>여러 언어</translation>
    </message>
    <message>
        <source>%1 to download</source>
        <translation>내려받기 %1</translation>
    </message>
    <message>
        <source>%1 of memory</source>
        <translation>메모리 %1</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>이어서 하기</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>내려받기</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>그만두기</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>확인하기</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>%1을(를) 지울까요?</translation>
    </message>
    <message>
        <source>It can be downloaded again.</source>
        <translation>다시 내려받을 수 있어요.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>그대로 두기</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>A model is downloaded once, checked, and then works without a network. A download that was broken off goes on where it was.</source>
        <translation>모델은 한 번만 내려받아 확인하고, 그다음에는 네트워크 없이 써요. 끊긴 내려받기는 하던 데서 이어서 해요.</translation>
    </message>
</context>
<context>
    <name>NewCollection</name>
    <message>
        <source>New collection</source>
        <translation>새 모음</translation>
    </message>
    <message>
        <source>Rename “%1”</source>
        <translation>‘%1’ 이름 바꾸기</translation>
    </message>
    <message>
        <source>Files that belong together, such as those of your work or of a course. One collection at a time is on in the conversation.</source>
        <translation>일이나 강의처럼 함께 두는 파일들이에요. 대화에서는 한 번에 한 모음만 켤 수 있어요.</translation>
    </message>
    <message>
        <source>Begin it</source>
        <translation>만들기</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Name of the collection</source>
        <translation>모음의 이름</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>There is a collection of this name</source>
        <translation>같은 이름의 모음이 있어요</translation>
    </message>
</context>
<context>
    <name>NewRun</name>
    <message>
        <source>English</source>
        <translation>영어</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>한국어</translation>
    </message>
    <message>
        <source>What to compare</source>
        <translation>무엇을 비교할까요</translation>
    </message>
    <message>
        <source>How many words does each recogniser get wrong, and how fast is it?</source>
        <translation>음성 인식기마다 얼마나 틀리고 얼마나 빠른가요?</translation>
    </message>
    <message>
        <source>How soon does each voice speak, how loud is it, and is it understood?</source>
        <translation>목소리마다 얼마나 빨리 말하고, 얼마나 크고, 알아들을 수 있나요?</translation>
    </message>
    <message>
        <source>Which recogniser understands which voice?</source>
        <translation>어느 음성 인식기가 어느 목소리를 알아듣나요?</translation>
    </message>
    <message>
        <source>Folder or list of clips</source>
        <translation>녹음 폴더 또는 목록</translation>
    </message>
    <message>
        <source>What was recorded in the app</source>
        <translation>이 앱에서 녹음한 말</translation>
    </message>
    <message>
        <source>A folder with NAME.txt beside each NAME.wav, LibriSpeech, Common Voice, or a list as TSV, CSV or JSONL</source>
        <translation>이름.wav마다 이름.txt가 있는 폴더, LibriSpeech, Common Voice, 또는 TSV·CSV·JSONL 목록</translation>
    </message>
    <message>
        <source>Your recordings, with the words that were understood at the time, right or wrong</source>
        <translation>내 녹음과 그때 알아들은 말이에요. 틀렸을 수도 있어요</translation>
    </message>
    <message>
        <source>File of texts</source>
        <translation>글이 담긴 파일</translation>
    </message>
    <message>
        <source>Ten sentences of our own</source>
        <translation>준비된 문장 열 개</translation>
    </message>
    <message>
        <source>One text on each line</source>
        <translation>한 줄에 글 하나</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Voices to compare</source>
        <translation>비교할 목소리</translation>
    </message>
    <message>
        <source>Recogniser that judges them</source>
        <translation>판정할 음성 인식기</translation>
    </message>
    <message>
        <source>Recognisers to compare</source>
        <translation>비교할 음성 인식기</translation>
    </message>
</context>
<context>
    <name>Offer</name>
    <message>
        <source>New here? One minute chooses your microphone, its voice and its brain. You can also just begin.</source>
        <translation>처음이세요? 1분이면 마이크와 목소리, 두뇌를 고를 수 있어요. 그냥 시작해도 돼요.</translation>
    </message>
    <message>
        <source>You have begun to set up; the rest takes half a minute.</source>
        <translation>설정을 하다 마셨어요. 나머지는 30초면 돼요.</translation>
    </message>
    <message>
        <source>Set up in a minute</source>
        <translation>1분 만에 설정하기</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>이어서 하기</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>나중에</translation>
    </message>
</context>
<context>
    <name>Passage</name>
    <message>
        <source>Play from %1, passage %2</source>
        <translation>%1부터 재생, %2번째 구절</translation>
    </message>
    <message>
        <source>Play from here</source>
        <translation>여기부터 재생</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Recordings</source>
        <translation>녹음</translation>
    </message>
    <message>
        <source>What you say is kept as sound on this machine, so that a failed turn can be tried again and heard.</source>
        <translation>하신 말씀을 이 컴퓨터에 소리로 보관해요. 실패한 말을 다시 시도하고 들어 볼 수 있어요.</translation>
    </message>
    <message>
        <source>Keep recordings</source>
        <translation>녹음 보관하기</translation>
    </message>
    <message>
        <source>Deleted after</source>
        <translation>지우는 때</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>지우지 않음</translation>
    </message>
    <message>
        <source>A day</source>
        <translation>하루 뒤</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1일 뒤</translation>
    </message>
    <message>
        <source>No recordings</source>
        <translation>녹음이 없어요</translation>
    </message>
    <message>
        <source>%1 recordings, %2</source>
        <translation>녹음 %1개, %2</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Delete all recordings</source>
        <translation>녹음 모두 지우기</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>Keep conversations</source>
        <translation>대화 보관하기</translation>
    </message>
    <message>
        <source>Off: what is said from now on is forgotten when you quit. What was kept stays until you delete it</source>
        <translation>끄면 지금부터 한 말은 끝낼 때 사라져요. 이미 보관한 것은 지울 때까지 남아요</translation>
    </message>
    <message>
        <source>What leaves this machine</source>
        <translation>컴퓨터 밖으로 나가는 것</translation>
    </message>
    <message>
        <source>Nothing, unless you choose a service. An engine that sends something away says so before its first use.</source>
        <translation>서비스를 고르지 않으면 아무것도 나가지 않아요. 무언가를 보내는 엔진은 처음 쓰기 전에 알려 드려요.</translation>
    </message>
    <message>
        <source>Delete all recordings?</source>
        <translation>녹음을 모두 지울까요?</translation>
    </message>
    <message>
        <source>Their words stay in your conversations. The sound is gone for good.</source>
        <translation>글은 대화에 남아요. 소리는 되살릴 수 없어요.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>그대로 두기</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Listening…</source>
        <translation>듣고 있어요…</translation>
    </message>
    <message>
        <source>Recognising…</source>
        <translation>알아듣는 중…</translation>
    </message>
    <message>
        <source>No speech heard</source>
        <translation>말소리가 들리지 않았어요</translation>
    </message>
    <message>
        <source>A recording that was not recognised</source>
        <translation>인식하지 못한 녹음</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>나: %1</translation>
    </message>
    <message>
        <source>Your question, edited</source>
        <translation>고친 질문</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>보내기</translation>
    </message>
    <message>
        <source>Play what you said</source>
        <translation>내 말 재생</translation>
    </message>
    <message>
        <source>Recognise it again</source>
        <translation>다시 인식하기</translation>
    </message>
    <message>
        <source>Edit and send again</source>
        <translation>고쳐서 다시 보내기</translation>
    </message>
    <message>
        <source>Copy your words</source>
        <translation>내 말 복사</translation>
    </message>
    <message>
        <source>%1, message %2</source>
        <translation>%1, %2번째 메시지</translation>
    </message>
</context>
<context>
    <name>ReadingPage</name>
    <message>
        <source>Documents in the conversation</source>
        <translation>대화에서 쓰는 문서</translation>
    </message>
    <message>
        <source>Nothing of them leaves this machine, unless a service answers, or one is chosen below.</source>
        <translation>서비스가 대답하거나 아래에서 서비스를 고르지 않는 한, 아무것도 이 컴퓨터 밖으로 나가지 않아요.</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>문서 모음</translation>
    </message>
    <message>
        <source>On in the conversation: %1</source>
        <translation>대화에서 켜 둔 모음: %1</translation>
    </message>
    <message>
        <source>None is on in the conversation</source>
        <translation>대화에서 켜 둔 모음이 없어요</translation>
    </message>
    <message>
        <source>Manage documents</source>
        <translation>문서 관리</translation>
    </message>
    <message>
        <source>Only from my documents</source>
        <translation>내 문서에서만 대답</translation>
    </message>
    <message>
        <source>It says that it found nothing, rather than answer from elsewhere</source>
        <translation>다른 데서 답을 가져오지 않고, 찾지 못했다고 말해요</translation>
    </message>
    <message>
        <source>Follow changes</source>
        <translation>바뀐 내용 따라가기</translation>
    </message>
    <message>
        <source>Files that were changed, added or deleted in your folders are read again by themselves</source>
        <translation>폴더에서 바뀌거나 더해지거나 지워진 파일을 저절로 다시 읽어요</translation>
    </message>
    <message>
        <source>A model for meaning by one click</source>
        <translation>클릭 한 번으로 받는 뜻 찾기 모델</translation>
    </message>
    <message>
        <source>It is downloaded once, and then works on this machine. Your files are read through once more for it, in the background.</source>
        <translation>한 번만 내려받으면 이 컴퓨터에서 작동해요. 그때 파일을 뒤에서 한 번 더 훑어요.</translation>
    </message>
    <message>
        <source>How passages are found</source>
        <translation>구절을 찾는 방법</translation>
    </message>
    <message>
        <source>How it searches</source>
        <translation>찾는 순서</translation>
    </message>
    <message>
        <source>Naive: one search. Advanced: a follow-up made a full question, both searches joined, the best read again and put first. Modular: your own steps</source>
        <translation>간단히: 검색 한 번. 꼼꼼히: 이어진 질문을 온전한 질문으로 바꾸고, 두 가지 검색을 합치고, 가장 나은 것을 다시 읽어 앞에 둬요. 직접 짜기: 단계를 스스로 정해요</translation>
    </message>
    <message>
        <source>Naive</source>
        <translation>간단히 (naive)</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>꼼꼼히 (advanced)</translation>
    </message>
    <message>
        <source>Modular</source>
        <translation>직접 짜기 (modular)</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>In their order, with commas: rewrite, words, meaning, filter, fuse, rerank, merge, fit, or langchain:MODULE.CLASS</source>
        <translation>순서대로 쉼표로 나눠 적어요: rewrite, words, meaning, filter, fuse, rerank, merge, fit 또는 langchain:MODULE.CLASS</translation>
    </message>
    <message>
        <source>Passages for an answer</source>
        <translation>대답에 쓸 구절</translation>
    </message>
    <message>
        <source>More say more, and make a small model slower and vaguer</source>
        <translation>많을수록 담긴 것도 많지만, 작은 모델은 느려지고 흐려져요</translation>
    </message>
    <message>
        <source>%1 at most</source>
        <translation>최대 %1개</translation>
    </message>
    <message>
        <source>Room for them, in tokens</source>
        <translation>구절에 쓸 자리 (토큰)</translation>
    </message>
    <message>
        <source>A token is about three quarters of an English word, or a syllable or two of Korean</source>
        <translation>토큰 하나는 영어 낱말의 4분의 3쯤, 한국어로는 한두 음절이에요</translation>
    </message>
</context>
<context>
    <name>RecordingRow</name>
    <message>
        <source>Waits for the one before it</source>
        <translation>앞의 녹음을 기다리고 있어요</translation>
    </message>
    <message>
        <source>Getting the recogniser ready</source>
        <translation>음성 인식기를 준비하고 있어요</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
    <message>
        <source>%1 times as fast as it is spoken</source>
        <translation>말하는 속도의 %1배</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
    <message>
        <source>Stopped at %1; the text so far is kept</source>
        <translation>%1에서 멈췄어요. 여기까지 받아 적은 글은 남아 있어요</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>멈췄어요</translation>
    </message>
    <message>
        <source>Done: %1 of sound</source>
        <translation>완료: 소리 %1</translation>
    </message>
    <message>
        <source>Done: no speech was heard</source>
        <translation>완료: 말소리가 들리지 않았어요</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Show the text</source>
        <translation>글 보기</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Transcribe once more</source>
        <translation>다시 받아쓰기</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>목록에서 빼기</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
</context>
<context>
    <name>ResultRow</name>
    <message>
        <source>before: %1</source>
        <translation>이전: %1</translation>
    </message>
    <message>
        <source>%1 of %2 failed</source>
        <translation>%2개 중 %1개 실패</translation>
    </message>
</context>
<context>
    <name>ResultView</name>
    <message>
        <source>Compare with an earlier run</source>
        <translation>이전 실행과 비교하기</translation>
    </message>
    <message>
        <source>So far: %1 of %2</source>
        <translation>지금까지 %2개 중 %1개</translation>
    </message>
    <message>
        <source>In brackets: where the rate lies with 95 % confidence. The smaller a rate or a time, the better.</source>
        <translation>괄호 안은 95 % 신뢰 구간이에요. 비율과 시간은 작을수록 좋아요.</translation>
    </message>
    <message>
        <source>Blind test</source>
        <translation>블라인드 테스트</translation>
    </message>
    <message>
        <source>%1 was better %2 times, %3 %4 times, the same %5 times.</source>
        <translation>%1: %2번, %3: %4번 더 좋았고, %5번은 똑같았어요.</translation>
    </message>
    <message>
        <source>%1 of the choices were for %2; with 95 % confidence %3 (p = %4).</source>
        <translation>선택의 %1이(가) %2 쪽이었어요. 95 % 신뢰 구간은 %3이에요 (p = %4).</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>제외됨: %1</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>비교할 실행</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Report (HTML)</source>
        <translation>보고서 (HTML)</translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation>표 (CSV)</translation>
    </message>
</context>
<context>
    <name>RunProgress</name>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation>실행 멈추기</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>실행 진행 상황</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2개 중 %1개</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>준비하는 중</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1개 실패: %2</translation>
    </message>
</context>
<context>
    <name>RunRow</name>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1: %2, %3</translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <translation>%2개 중 %1개 끝남</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1개 실패</translation>
    </message>
    <message>
        <source>Show what came of it</source>
        <translation>결과 보기</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>이어 하기</translation>
    </message>
    <message>
        <source>Try once more what failed</source>
        <translation>실패한 것 다시 해 보기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>Runs</source>
        <translation>지난 실행</translation>
    </message>
    <message>
        <source>Go on with a run that sends something away?</source>
        <translation>밖으로 보내는 실행을 이어 할까요?</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>이어 하기</translation>
    </message>
    <message>
        <source>Stay on this machine</source>
        <translation>이 컴퓨터에 머물기</translation>
    </message>
    <message>
        <source>Delete this run?</source>
        <translation>이 실행을 삭제할까요?</translation>
    </message>
    <message>
        <source>“%1” and all that came of it are deleted.</source>
        <translation>“%1”과(와) 그 결과가 모두 삭제돼요.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>그대로 두기</translation>
    </message>
</context>
<context>
    <name>SectionList</name>
    <message>
        <source>Sections</source>
        <translation>항목</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Set by the environment; it cannot be changed here</source>
        <translation>환경 변수로 정해져 있어 여기서 바꿀 수 없어요</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>About</source>
        <translation>정보</translation>
    </message>
    <message>
        <source>Microphone and speaker</source>
        <translation>마이크와 스피커</translation>
    </message>
    <message>
        <source>Hearing</source>
        <translation>듣기</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>생각하기</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>말하기</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>대화하기</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>모양</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>개인정보</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Back to the conversation</source>
        <translation>대화로 돌아가기</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>항목</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>New conversation</source>
        <translation>새 대화</translation>
    </message>
    <message>
        <source>Search everything said</source>
        <translation>나눈 말 모두에서 찾기</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>대화 목록</translation>
    </message>
    <message>
        <source>Nothing like that was said</source>
        <translation>그런 말은 없었어요</translation>
    </message>
    <message>
        <source>What you talk about stands here</source>
        <translation>나눈 대화가 여기에 쌓여요</translation>
    </message>
</context>
<context>
    <name>SoundPage</name>
    <message>
        <source>Something does not work?</source>
        <translation>뭔가 안 되나요?</translation>
    </message>
    <message>
        <source>One look at the whole way of the sound, with the cause and what to do</source>
        <translation>소리가 지나는 길을 한 번에 살펴보고 원인과 해결 방법을 알려 드려요</translation>
    </message>
    <message>
        <source>Mic Doctor</source>
        <translation>마이크 진단</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>스피커</translation>
    </message>
    <message>
        <source>Another one is used from the next answer on</source>
        <translation>바꾸면 다음 대답부터 써요</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>시스템 설정대로</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>버퍼</translation>
    </message>
    <message>
        <source>More helps when the sound stutters; less answers sooner</source>
        <translation>늘리면 소리가 덜 끊기고, 줄이면 더 빨리 대답해요</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1밀리초</translation>
    </message>
</context>
<context>
    <name>Source</name>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 고르기</translation>
    </message>
    <message>
        <source>Choose a list</source>
        <translation>목록 고르기</translation>
    </message>
</context>
<context>
    <name>SourceSheet</name>
    <message>
        <source>Looking it up…</source>
        <translation>찾아보는 중…</translation>
    </message>
    <message>
        <source>Its page cannot be shown here. This was quoted from it:</source>
        <translation>그 쪽은 여기서 보여 드릴 수 없어요. 인용했던 글은 이래요.</translation>
    </message>
    <message>
        <source>This document is not in your collections any more. This was quoted from it:</source>
        <translation>이 문서는 이제 모음에 없어요. 인용했던 글은 이래요.</translation>
    </message>
    <message>
        <source>The document was changed: the quoted words are not on this page any more.</source>
        <translation>문서가 바뀌어서, 인용한 글이 이제 이 쪽에 없어요.</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>파일 열기</translation>
    </message>
    <message>
        <source>The page</source>
        <translation>쪽 내용</translation>
    </message>
</context>
<context>
    <name>Sources</name>
    <message>
        <source>Files in %1</source>
        <translation>%1의 파일</translation>
    </message>
    <message>
        <source>Take out of the collection</source>
        <translation>모음에서 빼기</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Nothing is in it yet: add files or a folder.</source>
        <translation>아직 아무것도 없어요. 파일이나 폴더를 추가해 주세요.</translation>
    </message>
</context>
<context>
    <name>SpeakingPage</name>
    <message>
        <source>Voice engine</source>
        <translation>음성 엔진</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>목소리</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>빠르기</translation>
    </message>
    <message>
        <source>%1×</source>
        <translation>%1배</translation>
    </message>
    <message>
        <source>Voices to download</source>
        <translation>내려받을 수 있는 음성</translation>
    </message>
    <message>
        <source>Piper&apos;s voices speak on this machine, without a network.</source>
        <translation>Piper 음성은 네트워크 없이 이 컴퓨터에서 말해요.</translation>
    </message>
    <message>
        <source>A server of your own</source>
        <translation>직접 운영하는 서버</translation>
    </message>
    <message>
        <source>Voice&apos;s address</source>
        <translation>음성 서버 주소</translation>
    </message>
    <message>
        <source>Speaks OpenAI&apos;s protocol; empty for OpenAI</source>
        <translation>OpenAI 방식으로 통하는 서버. 비우면 OpenAI</translation>
    </message>
    <message>
        <source>Voice&apos;s model</source>
        <translation>음성 모델</translation>
    </message>
    <message>
        <source>Voice&apos;s name</source>
        <translation>목소리 이름</translation>
    </message>
</context>
<context>
    <name>SpendingSection</name>
    <message>
        <source>What it costs</source>
        <translation>요금</translation>
    </message>
    <message>
        <source>Counted on this computer, with list prices; the service&apos;s own bill is what counts.</source>
        <translation>이 컴퓨터에서 가격표대로 세어 본 금액이에요. 실제 요금은 서비스의 청구서를 따라요.</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>이번 달</translation>
    </message>
    <message>
        <source>%1 of it for answers that were begun in vain</source>
        <translation>헛되이 시작한 답에 든 금액: %1</translation>
    </message>
    <message>
        <source>This month: %1</source>
        <translation>이번 달: %1</translation>
    </message>
    <message>
        <source>Cap for a month, in US dollars</source>
        <translation>한 달 한도(미국 달러)</translation>
    </message>
    <message>
        <source>Paid engines stop when it is reached; 0 for no cap</source>
        <translation>한도에 이르면 유료 엔진이 멈춰요. 0이면 한도가 없어요</translation>
    </message>
    <message>
        <source>Prices of %1 as listed on %2</source>
        <translation>%1 가격표 날짜: %2</translation>
    </message>
</context>
<context>
    <name>StoreSection</name>
    <message>
        <source>FAISS, on this machine</source>
        <translation>이 컴퓨터의 FAISS</translation>
    </message>
    <message>
        <source>Where vectors are kept</source>
        <translation>벡터를 두는 곳</translation>
    </message>
    <message>
        <source>FAISS is built in and needs no server. The others are for those who have one already.</source>
        <translation>FAISS는 기본으로 들어 있고 서버가 필요 없어요. 나머지는 이미 쓰고 있는 분을 위한 거예요.</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>저장소</translation>
    </message>
    <message>
        <source>Another one is filled anew, in the background</source>
        <translation>저장소를 바꾸면 뒤에서 새로 채워요</translation>
    </message>
    <message>
        <source>Chroma&apos;s address</source>
        <translation>Chroma의 주소</translation>
    </message>
    <message>
        <source>Of a server; empty keeps its files on this machine</source>
        <translation>서버의 주소. 비워 두면 파일을 이 컴퓨터에 둬요</translation>
    </message>
    <message>
        <source>The vectors of your passages are sent there, without their text; a vector tells something of it all the same.</source>
        <translation>구절의 벡터가 글 없이 그곳에 보내져요. 그래도 벡터만으로 내용을 조금은 짐작할 수 있어요.</translation>
    </message>
    <message>
        <source>Class of the store</source>
        <translation>저장소의 클래스</translation>
    </message>
    <message>
        <source>Any vector store of LangChain&apos;s: langchain:MODULE.CLASS</source>
        <translation>LangChain의 모든 벡터 저장소: langchain:MODULE.CLASS</translation>
    </message>
    <message>
        <source>Options of the store</source>
        <translation>저장소의 옵션</translation>
    </message>
    <message>
        <source>What it is made with, as JSON; $NAME stands for a key of that name, which is kept in the keyring</source>
        <translation>만들 때 쓰는 값을 JSON으로 적어요. $NAME은 키링에 있는 그 이름의 키예요</translation>
    </message>
    <message>
        <source>Keep vectors in a store that may be elsewhere?</source>
        <translation>다른 곳에 있을 수 있는 저장소에 벡터를 둘까요?</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>쓰기</translation>
    </message>
    <message>
        <source>Stay on this machine</source>
        <translation>이 컴퓨터에 머물기</translation>
    </message>
</context>
<context>
    <name>Stresses</name>
    <message>
        <source>Also with</source>
        <translation>이런 조건에서도</translation>
    </message>
    <message>
        <source>Also with: %1</source>
        <translation>이런 조건에서도: %1</translation>
    </message>
</context>
<context>
    <name>TalkBar</name>
    <message>
        <source>Voicebot, small</source>
        <translation>Voicebot 작은 창</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>창 보기</translation>
    </message>
</context>
<context>
    <name>TalkButton</name>
    <message>
        <source>Muted</source>
        <translation>음소거됨</translation>
    </message>
    <message>
        <source>Just speak</source>
        <translation>그냥 말씀하세요</translation>
    </message>
    <message>
        <source>Hold or tap to talk</source>
        <translation>누르거나 눌러 두고 말하세요</translation>
    </message>
    <message>
        <source>Say “%1”</source>
        <translation>“%1”라고 불러 주세요</translation>
    </message>
    <message>
        <source>Just speak (%1 s)</source>
        <translation>그냥 말씀하세요 (%1초)</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>듣는 중</translation>
    </message>
    <message>
        <source>Recognising</source>
        <translation>알아듣는 중</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>생각하는 중</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>말하는 중</translation>
    </message>
    <message>
        <source>Paused: it listens</source>
        <translation>멈추고 듣는 중</translation>
    </message>
    <message>
        <source>Finish speaking</source>
        <translation>말하기 끝내기</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>말하기</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>스페이스</translation>
    </message>
</context>
<context>
    <name>TalkingPage</name>
    <message>
        <source>Talking</source>
        <translation>대화하기</translation>
    </message>
    <message>
        <source>Just speak</source>
        <translation>그냥 말하기</translation>
    </message>
    <message>
        <source>Hands-free: it listens all the time, and answers when you pause</source>
        <translation>손을 쓰지 않고 늘 듣다가, 말을 멈추면 대답해요</translation>
    </message>
    <message>
        <source>Hands-free, it answers</source>
        <translation>핸즈프리에서 답할 때</translation>
    </message>
    <message>
        <source>A wake word keeps it from answering the telephone and the television</source>
        <translation>호출어 뒤에만 답하면 전화나 텔레비전 소리에는 답하지 않아요</translation>
    </message>
    <message>
        <source>A wake word keeps it from answering the television. It needs: %1</source>
        <translation>호출어를 쓰면 텔레비전 소리에 답하지 않아요. 먼저 실행해 주세요: %1</translation>
    </message>
    <message>
        <source>Whatever is said</source>
        <translation>들리는 말에 모두</translation>
    </message>
    <message>
        <source>After a wake word</source>
        <translation>호출어 뒤에만</translation>
    </message>
    <message>
        <source>Wake word</source>
        <translation>호출어</translation>
    </message>
    <message>
        <source>Said in English. It stops the answer too</source>
        <translation>영어로 부르면 돼요. 답하는 중에 부르면 답을 멈춰요</translation>
    </message>
    <message>
        <source>After an answer</source>
        <translation>답한 뒤에</translation>
    </message>
    <message>
        <source>So long you need no wake word to go on</source>
        <translation>이 시간 동안은 호출어 없이 이어서 말할 수 있어요</translation>
    </message>
    <message>
        <source>Ready before the key</source>
        <translation>키를 누르기 전부터 준비</translation>
    </message>
    <message>
        <source>The microphone stays open, in memory only, so that no first word is lost</source>
        <translation>첫마디를 놓치지 않도록 마이크를 열어 두되 메모리에만 담아요</translation>
    </message>
    <message>
        <source>Speak over it in any case</source>
        <translation>언제나 말 끊기</translation>
    </message>
    <message>
        <source>Also where the echo is not cancelled. For headphones: on open speakers it would hear itself</source>
        <translation>메아리를 없애지 않을 때에도요. 헤드폰용이에요. 스피커로는 제 목소리를 듣게 돼요</translation>
    </message>
    <message>
        <source>Cancel the echo</source>
        <translation>메아리 없애기</translation>
    </message>
    <message>
        <source>Takes the speaker&apos;s sound out of the microphone, so that you can speak over it without headphones. Needs the extra &quot;echo&quot;</source>
        <translation>마이크에 들어오는 스피커 소리를 지워서 헤드폰 없이도 말을 끊을 수 있어요. 추가 기능 &quot;echo&quot;가 필요해요</translation>
    </message>
    <message>
        <source>Where it can run</source>
        <translation>쓸 수 있을 때</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>끄기</translation>
    </message>
    <message>
        <source>Talk key</source>
        <translation>말하기 키</translation>
    </message>
    <message>
        <source>Space in this window; %1 everywhere</source>
        <translation>이 창에서는 스페이스, 어디서나 %1</translation>
    </message>
    <message>
        <source>Space in this window; none elsewhere</source>
        <translation>이 창에서는 스페이스, 다른 곳에서는 없음</translation>
    </message>
    <message>
        <source>Choose and test</source>
        <translation>고르고 시험하기</translation>
    </message>
    <message>
        <source>Turn-taking</source>
        <translation>말 주고받기</translation>
    </message>
    <message>
        <source>Silence that ends your turn</source>
        <translation>말이 끝났다고 볼 침묵</translation>
    </message>
    <message>
        <source>As long as it is not known what you say</source>
        <translation>무슨 말인지 아직 모를 때</translation>
    </message>
    <message>
        <source>After words that sound finished</source>
        <translation>다 한 말처럼 들릴 때의 침묵</translation>
    </message>
    <message>
        <source>After words that sound unfinished</source>
        <translation>하다 만 말처럼 들릴 때의 침묵</translation>
    </message>
    <message>
        <source>More, if you stop to think</source>
        <translation>생각하느라 말을 멈추곤 하면 늘리세요</translation>
    </message>
    <message>
        <source>More, if it cuts you off; less, if it makes you wait</source>
        <translation>말을 자르면 늘리고, 기다리게 하면 줄이세요</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>Prepare the answer early</source>
        <translation>답을 미리 준비하기</translation>
    </message>
    <message>
        <source>From your first pause on, unseen; thrown away when you go on. With any engine, some of what you pay for is in vain</source>
        <translation>말을 멈추는 순간부터 보이지 않게 준비하고, 말이 이어지면 버려요. 모든 엔진을 고르면 요금의 일부는 헛되이 나가요</translation>
    </message>
    <message>
        <source>With engines on this computer</source>
        <translation>이 컴퓨터의 엔진으로</translation>
    </message>
    <message>
        <source>With any engine</source>
        <translation>모든 엔진으로</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>준비하지 않기</translation>
    </message>
    <message>
        <source>Kept from before you spoke</source>
        <translation>말하기 전부터 담는 시간</translation>
    </message>
    <message>
        <source>Sure that it is speech</source>
        <translation>말소리라는 확신</translation>
    </message>
    <message>
        <source>More, if noise sets it off</source>
        <translation>소음에 반응하면 높이세요</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Longest utterance</source>
        <translation>가장 긴 말</translation>
    </message>
</context>
<context>
    <name>TextInputField</name>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Clear %1</source>
        <translation>%1 지우기</translation>
    </message>
</context>
<context>
    <name>Thinking</name>
    <message>
        <source>Thinking</source>
        <translation>생각하는 중</translation>
    </message>
</context>
<context>
    <name>ThinkingPage</name>
    <message>
        <source>Who answers</source>
        <translation>누가 대답할까</translation>
    </message>
    <message>
        <source>A brain by one click</source>
        <translation>클릭 한 번으로 받는 두뇌</translation>
    </message>
    <message>
        <source>A small model is downloaded once, and then answers on this machine, without a network.</source>
        <translation>작은 모델을 한 번만 내려받으면 그다음부터는 네트워크 없이 이 컴퓨터에서 대답해요.</translation>
    </message>
    <message>
        <source>How it answers</source>
        <translation>어떻게 대답할까</translation>
    </message>
    <message>
        <source>Who it is</source>
        <translation>어떤 비서인지</translation>
    </message>
    <message>
        <source>In your own words; empty for the one that is built in</source>
        <translation>직접 적어 주세요. 비우면 내장된 것을 써요</translation>
    </message>
    <message>
        <source>Freedom</source>
        <translation>자유로움</translation>
    </message>
    <message>
        <source>Plain words, or surprising ones</source>
        <translation>무난한 말, 또는 뜻밖의 말</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>가장 긴 대답</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>토큰 %1개</translation>
    </message>
    <message>
        <source>A service, or a server elsewhere</source>
        <translation>서비스나 다른 곳의 서버</translation>
    </message>
    <message>
        <source>Model&apos;s address</source>
        <translation>모델 서버 주소</translation>
    </message>
    <message>
        <source>Speaks OpenAI&apos;s protocol; empty for OpenAI</source>
        <translation>OpenAI 방식으로 통하는 서버. 비우면 OpenAI</translation>
    </message>
    <message>
        <source>Model&apos;s name</source>
        <translation>모델 이름</translation>
    </message>
</context>
<context>
    <name>Timings</name>
    <message>
        <source>no price known</source>
        <translation>가격을 몰라요</translation>
    </message>
    <message>
        <source>%1 of it begun in vain</source>
        <translation>헛되이 시작한 답에 든 금액: %1</translation>
    </message>
    <message>
        <source>end of speech</source>
        <translation>말 끝</translation>
    </message>
    <message>
        <source>recognising</source>
        <translation>인식</translation>
    </message>
    <message>
        <source>documents</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>thinking</source>
        <translation>생각</translation>
    </message>
    <message>
        <source>first sentence</source>
        <translation>첫 문장</translation>
    </message>
    <message>
        <source>voice</source>
        <translation>음성 합성</translation>
    </message>
    <message>
        <source>speaker</source>
        <translation>스피커</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>말하기</translation>
    </message>
    <message>
        <source>%1: %2 s</source>
        <translation>%1: %2초</translation>
    </message>
    <message>
        <source>%1, message %2</source>
        <translation>%1, %2번째 메시지</translation>
    </message>
    <message>
        <source>answered after %1 s</source>
        <translation>%1초 만에 답함</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close the message</source>
        <translation>알림 닫기</translation>
    </message>
</context>
<context>
    <name>TranscribePage</name>
    <message>
        <source>Transcribe</source>
        <translation>받아쓰기</translation>
    </message>
    <message>
        <source>Back to the conversation</source>
        <translation>대화로 돌아가기</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>받아 적은 글</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Talk</source>
        <translation>말하기</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>마이크 음소거</translation>
    </message>
    <message>
        <source>Show Voicebot</source>
        <translation>Voicebot 보기</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>음소거됨</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>listening</source>
        <translation>듣는 중</translation>
    </message>
    <message>
        <source>recognising</source>
        <translation>인식</translation>
    </message>
    <message>
        <source>thinking</source>
        <translation>생각</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>말하기</translation>
    </message>
</context>
<context>
    <name>TrialRow</name>
    <message>
        <source>(“%1” is missing)</source>
        <translation>(“%1” 빠짐)</translation>
    </message>
    <message>
        <source>(“%1” was added)</source>
        <translation>(“%1” 없던 말)</translation>
    </message>
    <message>
        <source>(“%1” was heard as “%2”)</source>
        <translation>(“%1”을(를) “%2”(으)로 들음)</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Play: %1</source>
        <translation>재생: %1</translation>
    </message>
</context>
<context>
    <name>VoiceList</name>
    <message>
        <source>For English</source>
        <translation>영어</translation>
    </message>
    <message>
        <source>For Korean</source>
        <translation>한국어</translation>
    </message>
    <message>
        <source>Asking for the voices…</source>
        <translation>음성 목록을 묻는 중…</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>다시 묻기</translation>
    </message>
    <message>
        <source>Ask again for the voices</source>
        <translation>음성 목록 다시 묻기</translation>
    </message>
</context>
<context>
    <name>VoiceSetting</name>
    <message>
        <source>The engine&apos;s choice</source>
        <translation>엔진이 고른 것</translation>
    </message>
    <message>
        <source>Hear the voice: %1</source>
        <translation>목소리 들어 보기: %1</translation>
    </message>
</context>
<context>
    <name>VoiceStep</name>
    <message>
        <source>Pace</source>
        <translation>빠르기</translation>
    </message>
    <message>
        <source>%1×</source>
        <translation>%1배</translation>
    </message>
</context>
</TS>
